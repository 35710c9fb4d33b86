FROM debian:trixie-slim
RUN echo 0 > /n
FROM debian:trixie-slim
RUN --mount=type=bind,target=/ctx true
COPY --from=0 /n /n0
FROM scratch
COPY --from=00 /n /n0
COPY --from=1 /n0 /n1
