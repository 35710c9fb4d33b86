FROM debian:trixie-slim
RUN <<EOF

# a comment of the shell

echo done

EOF

# a comment of the Dockerfile
RUN true
