FROM --platform=$BUILDPLATFORM debian:trixie-slim AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=bind,source=.,target=/ctx,ro \
    echo "GOOS=$TARGETOS GOARCH=$TARGETARCH" > app

FROM scratch
COPY --link --from=build /src/app /app
ENTRYPOINT ["/app"]
