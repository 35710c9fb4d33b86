# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /shell.sh
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

FROM dhi.io/node:22-debian13
USER 65532:65532
USER 0:0
RUN --mount=type=bind,from=dhi--shell--stage-0,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","rm -rf /usr/share/doc"]
USER 65532:65532
RUN --mount=type=bind,from=dhi--shell--stage-0--2,source=/shell,target=/dev/.dhi \
    ["/dev/.dhi/sh","/dev/.dhi/dhi-run","-c","true"]
