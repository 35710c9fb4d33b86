FROM debian:trixie-slim AS twin
RUN echo first > /n
FROM twin AS other
RUN cat /n
FROM debian:trixie-slim AS twin
RUN echo second > /n
FROM scratch
COPY --from=twin /n /n
