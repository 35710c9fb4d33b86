FROM debian:trixie-slim AS data
RUN echo data > /data

FROM debian:trixie-slim AS parent
ONBUILD COPY --from=data /data /copied
ONBUILD RUN --mount=from=data,target=/mnt cat /mnt/data
ONBUILD COPY --from=0 /data /by-number

FROM parent
RUN cat /copied /by-number
