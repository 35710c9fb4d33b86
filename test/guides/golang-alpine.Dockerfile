FROM --platform=$BUILDPLATFORM dhi.io/golang:1.27-alpine3.24-dev AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN GOOS=$TARGETOS GOARCH=$TARGETARCH CGO_ENABLED=0 go build -o /out/api ./cmd/api

FROM dhi.io/alpine-base:3.24
COPY --from=build --chmod=0755 /out/api /usr/local/bin/api
COPY config.yaml /etc/api/config.yaml
EXPOSE 8443
USER nonroot
ENTRYPOINT ["/usr/local/bin/api", "--config", "/etc/api/config.yaml"]
