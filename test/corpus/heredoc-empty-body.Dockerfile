FROM debian:trixie-slim
COPY <<EMPTY /empty
EMPTY
RUN <<NOTHING
NOTHING
