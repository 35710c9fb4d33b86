# café au lait ÿþ
FROM debian:trixie-slim
RUN true
