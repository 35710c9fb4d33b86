# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /shell.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-RUN --in-place --user=0 rm -rf /usr/share/doc (line 3): the shell that dhi.io/node:22-debian13-dev lends stage stage-0

FROM dhi.io/node:22-debian13-dev AS dhi--shell--stage-0
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/shell.sh,target=/dhi/shell.sh \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/shell.sh
# DHI-RUN --in-place --from=busybox:1-musl true (line 4): the shell that busybox:1-musl lends stage stage-0

FROM busybox:1-musl AS dhi--shell--stage-0--2
SHELL ["/bin/sh", "-c"]
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/shell.sh,target=/dhi/shell.sh \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/shell.sh
# DHI-VERIFY: the base of stage stage-0

FROM dhi.io/node:22-debian13 AS dhi--base--stage-0

FROM dhi.io/node:22-debian13 AS dhi--body--stage-0
USER 65532:65532
USER 0:0
RUN --mount=type=bind,from=dhi--shell--stage-0,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","rm -rf /usr/share/doc"]
USER 65532:65532
RUN --mount=type=bind,from=dhi--shell--stage-0--2,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","true"]

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user 65532:65532

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
