# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /runtime.sh
DHI_EOF
COPY <<'DHI_EOF' /runtime-proof.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-RUNTIME go (line 3): the base of stage build

FROM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--base--build
# DHI-RUNTIME go (line 3): the image that lends go

FROM dhi.io/golang:1.26-debian13 AS dhi--donor-go--build
# DHI-RUNTIME go (line 3): go out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--runtime-go--build
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--build,target=/target \
    --mount=type=bind,from=dhi--donor-go--build,target=/donor \
    sh /dhi/runtime.sh --release 13 --path /go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --runtime go go
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--build,target=/target,rw \
    sh /dhi/runtime-proof.sh --runtime go go

FROM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--body--build
USER 65532
COPY --link --from=dhi--runtime-go--build /out/ /
ENV GOLANG_VERSION="1.26.7" \
    GOPATH="/go" \
    GOTOOLCHAIN="local" \
    PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}:/go/bin:/usr/local/go/bin"
RUN go version

# DHI-VERIFY: checks what stage build adds to dhi.io/dotnet:10.0-sdk-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--build
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--build,target=/base \
    --mount=type=bind,from=dhi--body--build,target=/target,rw \
    sh /dhi/verify.sh --user 65532 --path /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/go/bin:/usr/local/go/bin

FROM dhi--body--build AS build
COPY --from=dhi--verify--build /empty/ /
