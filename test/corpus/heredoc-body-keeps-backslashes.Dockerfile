FROM debian:trixie-slim
COPY <<'EOF' /file
ends with a backslash \
\
  # not a comment \
EOF
RUN cat /file
