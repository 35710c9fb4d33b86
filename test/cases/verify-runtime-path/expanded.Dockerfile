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
# DHI-RUNTIME go:1.26 (line 3): the base of stage base

FROM dhi.io/dotnet:10.0-debian13 AS dhi--base--base
# DHI-RUNTIME go:1.26 (line 3): the image that lends go

FROM dhi.io/golang:1.26-debian13 AS dhi--donor-go--base
# DHI-RUNTIME go:1.26 (line 3): go out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--runtime-go--base
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--base,target=/target \
    --mount=type=bind,from=dhi--donor-go--base,target=/donor \
    sh /dhi/runtime.sh --release 13 --path /go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --runtime go go:1.26
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--base,target=/target,rw \
    sh /dhi/runtime-proof.sh --runtime go go:1.26

FROM dhi.io/dotnet:10.0-debian13 AS dhi--body--base
# DHI-VERIFY: looked at behind the stage's last line
COPY --link --from=dhi--runtime-go--base /out/ /
ENV GOLANG_VERSION="1.26.7" \
    GOPATH="/go" \
    GOTOOLCHAIN="local" \
    PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}:/go/bin:/usr/local/go/bin"
ENV PATH=/app/bin:$PATH LD_LIBRARY_PATH=/app/lib


# DHI-VERIFY (line 2): checks what stage base adds to dhi.io/dotnet:10.0-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--base
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--base,target=/base \
    --mount=type=bind,from=dhi--body--base,target=/target,rw \
    sh /dhi/verify.sh --user nonroot --path /app/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/go/bin:/usr/local/go/bin --library-path /app/lib

FROM dhi--body--base AS base
COPY --from=dhi--verify--base /empty/ /

# DHI-RUNTIME java:21 (line 7): the base of stage stage-1

FROM dhi.io/dotnet:10.0-debian13 AS dhi--base--stage-1
# DHI-RUNTIME java:21 (line 7): the image that lends java

FROM dhi.io/eclipse-temurin:21-debian13 AS dhi--donor-java--stage-1
# DHI-RUNTIME java:21 (line 7): java out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--runtime-java--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=bind,from=dhi--donor-java--stage-1,target=/donor \
    --mount=type=bind,from=dhi--runtime-go--base,source=/out,target=/have/0 \
    sh /dhi/runtime.sh --release 13 --runtime java java:21
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    --mount=type=bind,from=dhi--runtime-go--base,source=/out,target=/have/0 \
    sh /dhi/runtime-proof.sh --runtime java java:21

FROM base AS dhi--body--stage-1
COPY --link --from=dhi--runtime-java--stage-1 /out/ /
ENV JAVA_HOME="/opt/java/openjdk/21-jre" \
    JAVA_VERSION="jre-21.0.12+8"
CMD ["java", "-jar", "app.jar"]

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/dotnet:10.0-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user nonroot --workdir /app --path /app/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/go/bin:/usr/local/go/bin --library-path /app/lib --cmd java

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
