FROM debian:trixie-slim
RUN <<EOF sh -e
echo "fed to sh"
EOF
RUN <<EOF
#!/bin/sh -e
echo "a script of its own"
EOF
