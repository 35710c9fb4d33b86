FROM debian:trixie-slim
RUN <<EOF
set -e
mkdir -p /srv/app
echo "line with # no comment" > /srv/app/file
FROM=not-an-instruction
EOF
CMD ["true"]
