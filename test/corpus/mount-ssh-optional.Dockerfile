FROM debian:trixie-slim
RUN --mount=type=ssh,required=false true
