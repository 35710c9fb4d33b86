FROM debian:trixie-slim AS build
RUN echo built > /artifact

FROM scratch
COPY --from=build /artifact /artifact
