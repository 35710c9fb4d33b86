# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /framework.sh
DHI_EOF
COPY <<'DHI_EOF' /framework-proof.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-FRAMEWORK Microsoft.AspNetCore.App:8.0 (line 2): the base of stage stage-0
# DHI-FRAMEWORK --from=registry.corp/sdk:8 Corp.Shared.App (line 3): the base of stage stage-0

FROM --platform=linux/arm64 acme/dhi-dotnet:8.0-debian13 AS dhi--base--stage-0
# DHI-FRAMEWORK Microsoft.AspNetCore.App:8.0 (line 2): the SDK that has the framework

FROM --platform=linux/arm64 acme/dhi-dotnet:8.0-sdk-debian13 AS dhi--sdk--stage-0
# DHI-FRAMEWORK Microsoft.AspNetCore.App:8.0 (line 2): Microsoft.AspNetCore.App out of its SDK

FROM --platform=$BUILDPLATFORM acme/dhi-dotnet:8.0-sdk-debian13 AS dhi--framework--stage-0
USER 0:0
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework.sh,target=/dhi/framework.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=bind,from=dhi--sdk--stage-0,target=/donor \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/framework.sh --release 13 --framework Microsoft.AspNetCore.App --version 8.0 Microsoft.AspNetCore.App:8.0
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework-proof.sh,target=/dhi/framework-proof.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    sh /dhi/framework-proof.sh --framework Microsoft.AspNetCore.App --version 8.0 Microsoft.AspNetCore.App:8.0
# DHI-FRAMEWORK --from=registry.corp/sdk:8 Corp.Shared.App (line 3): the SDK that has the framework

FROM --platform=linux/arm64 registry.corp/sdk:8 AS dhi--sdk-2--stage-0
# DHI-FRAMEWORK --from=registry.corp/sdk:8 Corp.Shared.App (line 3): Corp.Shared.App out of its SDK

FROM --platform=$BUILDPLATFORM acme/dhi-dotnet:8.0-sdk-debian13 AS dhi--framework-2--stage-0
USER 0:0
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework.sh,target=/dhi/framework.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=bind,from=dhi--sdk-2--stage-0,target=/donor \
    --mount=type=bind,from=dhi--framework--stage-0,source=/out,target=/have/0 \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/framework.sh --release 13 --framework Corp.Shared.App Corp.Shared.App
RUN --network=none --mount=type=bind,from=dhi--scripts,source=/framework-proof.sh,target=/dhi/framework-proof.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    --mount=type=bind,from=dhi--framework--stage-0,source=/out,target=/have/0 \
    sh /dhi/framework-proof.sh --framework Corp.Shared.App Corp.Shared.App

FROM --platform=linux/arm64 acme/dhi-dotnet:8.0-debian13 AS dhi--body--stage-0
COPY --link --from=dhi--framework--stage-0 /out/ /
ENV ASPNETCORE_HTTP_PORTS="${ASPNETCORE_HTTP_PORTS:-8080}"
COPY --link --from=dhi--framework-2--stage-0 /out/ /

# DHI-VERIFY: checks what stage stage-0 adds to acme/dhi-dotnet:8.0-debian13, with acme/dhi-dotnet:8.0-sdk-debian13

FROM --platform=$BUILDPLATFORM acme/dhi-dotnet:8.0-sdk-debian13 AS dhi--verify--stage-0
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/verify.sh --user nonroot

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
