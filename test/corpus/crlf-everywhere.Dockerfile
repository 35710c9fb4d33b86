FROM debian:trixie-slim AS base
# a comment
ENV A=1 \
    B=2

RUN echo one && \
    # inside
    echo two

FROM scratch
COPY --from=base /etc/os-release /os-release
