# Größe, 大小, размер, 😀
FROM debian:trixie-slim
LABEL owner="Zoë" emoji="😀" cjk="漢字"
ENV GREETING="Grüß Gott"
RUN echo "→ $GREETING ←" > "/tmp/ünïcode 😀"
COPY <<ENDE /über
Straße
ENDE
