FROM dhi.io/dotnet:10.0-debian13 AS parent
ENV LEVEL=1

# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /shell.sh
DHI_EOF
COPY <<'DHI_EOF' /changes.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-RUN true (line 9): the base of stage stage-1
# DHI-RUN true (line 11): the base of stage stage-1

FROM dhi.io/dotnet:10.0-debian13 AS dhi--base--stage-1
# DHI-RUN true (line 9): the shell that dhi.io/dotnet:10.0-sdk-debian13 lends stage stage-1
# DHI-RUN true (line 11): the shell that dhi.io/dotnet:10.0-sdk-debian13 lends stage stage-1

FROM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--shell--stage-1
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/shell.sh,target=/dhi/shell.sh \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/shell.sh

FROM parent AS dhi--part--stage-1--1
ARG LEVEL="2 $x" PLAIN=3
ENV OWN=4
ARG OWN=5
ARG DOTNET_VERSION=9

# DHI-RUN true (line 9): runs the command on the lines above it; only what it changes is copied

FROM dhi--part--stage-1--1 AS dhi--run--stage-1--1
ARG LEVEL="2 "
ARG OWN=5
RUN --mount=type=bind,from=dhi--shell--stage-1,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","true"]
# DHI-RUN true (line 9): takes what the command changed

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--changes--stage-1--1
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/changes.sh,target=/dhi/changes.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--part--stage-1--1,target=/before \
    --mount=type=bind,from=dhi--run--stage-1--1,target=/after \
    sh /dhi/changes.sh

FROM dhi--part--stage-1--1 AS dhi--part--stage-1--2
ARG LEVEL="2 "
ARG OWN=5
COPY --link --from=dhi--changes--stage-1--1 /out/ /
ENV OWN=6

# DHI-RUN true (line 11): runs the command on the lines above it; only what it changes is copied

FROM dhi--part--stage-1--2 AS dhi--run--stage-1--2
ARG LEVEL="2 "
RUN --mount=type=bind,from=dhi--shell--stage-1,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","true"]
# DHI-RUN true (line 11): takes what the command changed

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--changes--stage-1--2
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/changes.sh,target=/dhi/changes.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--part--stage-1--2,target=/before \
    --mount=type=bind,from=dhi--run--stage-1--2,target=/after \
    sh /dhi/changes.sh

FROM dhi--part--stage-1--2 AS dhi--body--stage-1
ARG LEVEL="2 "
COPY --link --from=dhi--changes--stage-1--2 /out/ /

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/dotnet:10.0-debian13, with dhi.io/dotnet:10.0-sdk-debian13

FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user nonroot

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
