FROM debian:trixie-slim
CMD ['echo', 'single quotes']
ENTRYPOINT [ "$NAME" = x ] || true
