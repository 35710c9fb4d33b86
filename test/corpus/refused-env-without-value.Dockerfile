FROM debian:trixie-slim
ENV NAME
