FROM debian:trixie-slim AS parent
ONBUILD ARG FLAVOUR=plain
ONBUILD ENV FLAVOUR=$FLAVOUR
ONBUILD RUN echo "$FLAVOUR" > /flavour

FROM parent
RUN cat /flavour
