FROM debian:trixie-slim
COPY <<EOF /file
text
EOF