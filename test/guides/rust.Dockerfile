FROM dhi.io/rust:1-alpine3.23-dev AS build
WORKDIR /build
COPY . .
RUN cargo build --release

FROM dhi.io/static:20260611-musl-alpine
COPY --from=build /build/target/release/app /app
ENTRYPOINT ["/app"]
