FROM debian:trixie-slim
CMD [1, 2]
