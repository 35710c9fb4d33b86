FROM debian:trixie-slim
ADD --chmod=755 <<run.sh /usr/local/bin/
#!/bin/sh
exec "$@"
run.sh
