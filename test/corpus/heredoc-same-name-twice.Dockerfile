FROM debian:trixie-slim
RUN cat <<EOF <<EOF > /both
first
EOF
second
EOF
