FROM debian:trixie-slim
RUN true
CMD ["true"]