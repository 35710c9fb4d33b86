FROM debian:trixie-slim
ARG NAME=value
COPY <<'EOF' /literal
$NAME stays $NAME
EOF
COPY <<"EOF" /literal2
${NAME} stays
EOF
COPY <<EOF /expanded
$NAME was replaced
EOF
