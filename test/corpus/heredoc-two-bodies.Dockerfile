FROM debian:trixie-slim
COPY <<first.txt <<second.txt /srv/
content of the first
first.txt
content of the second
second.txt
RUN cat /srv/first.txt /srv/second.txt
