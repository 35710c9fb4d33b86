FROM debian:trixie-slim
STOPSIGNAL SIGTERM
EXPOSE 80 443/tcp 53/udp
USER nobody:nogroup
WORKDIR /tmp
VOLUME /data /cache
MAINTAINER Somebody <somebody@example.com>
