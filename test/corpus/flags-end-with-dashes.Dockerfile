FROM debian:trixie-slim AS base
RUN echo a > /a
FROM scratch
COPY --from=base -- /a /b
