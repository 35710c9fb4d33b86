# dhi-frontend: the scripts that the generated stages run

from scratch as dhi--scripts
copy <<'DHI_EOF' /graft.sh
DHI_EOF
copy <<'DHI_EOF' /proof.sh
DHI_EOF
copy <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
copy <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-NATIVE libpq5 (line 2): the base of stage stage-0

from dhi.io/node:22-debian13 as dhi--base--stage-0
# DHI-NATIVE libpq5 (line 2): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

from --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev as dhi--native--stage-0
arg TARGETARCH TARGETVARIANT
user 0:0
run --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 13 \
    --line DHI-NATIVE libpq5
run --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

from dhi.io/node:22-debian13 as dhi--body--stage-0
copy --link --from=dhi--native--stage-0 /out/ /

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

from --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev as dhi--verify--stage-0
arg TARGETARCH TARGETVARIANT
user 0:0
run --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user node

from dhi--body--stage-0
copy --from=dhi--verify--stage-0 /empty/ /
