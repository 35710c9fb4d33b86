# cgo needs a C library at run time: static's form with glibc.
FROM dhi.io/golang:1-debian13-dev AS build
WORKDIR /src
COPY go.* ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod CGO_ENABLED=1 go build -trimpath -o /out/worker .

FROM dhi.io/static:20250419-glibc-debian13
COPY --from=build /out/worker /usr/local/bin/worker
ENTRYPOINT ["/usr/local/bin/worker"]
