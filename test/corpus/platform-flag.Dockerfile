FROM --platform=$BUILDPLATFORM debian:trixie-slim AS build
ARG TARGETPLATFORM
ARG TARGETARCH
RUN echo "$TARGETPLATFORM $TARGETARCH" > /platform

FROM debian:trixie-slim
COPY --from=build /platform /platform
