FROM debian:trixie-slim
RUN echo zero > /zero

FROM debian:trixie-slim
COPY --from=0 /zero /one

FROM scratch
COPY --from=1 /one /one
COPY --link --from=0 /zero /zero
