# syntax=dhi-frontend:1
# A program that is linked with glibc, and with OpenSSL of the base's release.
FROM dhi.io/rust:1-debian13-dev AS build
WORKDIR /build
RUN apt-get update && apt-get install -y pkg-config libssl-dev
COPY Cargo.toml Cargo.lock ./
COPY src src
RUN cargo build --release --locked

FROM dhi.io/static:20250419-glibc
DHI-NATIVE libgcc-s1 libssl3t64
COPY --from=build /build/target/release/agent /agent
ENTRYPOINT ["/agent"]
