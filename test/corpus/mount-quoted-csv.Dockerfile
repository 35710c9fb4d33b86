FROM debian:trixie-slim AS tools
RUN echo "with, comma" > /tool

FROM debian:trixie-slim
RUN --mount='type=bind,"from=tools","target=/mnt/one, two"' cat "/mnt/one, two/tool"
