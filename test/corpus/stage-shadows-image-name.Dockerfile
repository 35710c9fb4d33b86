FROM debian:trixie-slim AS debian
RUN echo mine > /mine

FROM debian
RUN cat /mine

FROM scratch
COPY --from=debian /mine /mine
