FROM debian:trixie-slim
RUN << EOF
echo spaced
EOF
