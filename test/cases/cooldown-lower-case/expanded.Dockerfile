# dhi-frontend: the scripts that the generated stages run

from scratch as dhi--scripts
copy <<'DHI_EOF' /verify.sh
DHI_EOF
copy <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-COOLDOWN --for=npm 36h (line 2): looks at the versions of the tools in stage build

from scratch as dhi--cooldown--build
copy <<'DHI_EOF' /cooldown.sh
DHI_EOF
# DHI-VERIFY: the base of stage build

from dhi.io/node:24-debian13-dev as dhi--base--build

from dhi.io/node:24-debian13-dev as dhi--body--build
run --network=none \
    --mount=type=bind,from=dhi--cooldown--build,target=/dev/.dhi \
    ["sh","/dev/.dhi/cooldown.sh","named","npm"]
arg NPM_CONFIG_MIN_RELEASE_AGE=1.5
run npm ci
arg NPM_CONFIG_MIN_RELEASE_AGE=

# DHI-VERIFY: checks what stage build adds to dhi.io/node:24-debian13-dev, with dhi.io/node:24-debian13-dev

from --platform=$BUILDPLATFORM dhi.io/node:24-debian13-dev as dhi--verify--build
arg TARGETARCH TARGETVARIANT
user 0:0
run --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--build,target=/base \
    --mount=type=bind,from=dhi--body--build,target=/target,rw \
    sh /dhi/verify.sh --user root

from dhi--body--build as build
copy --from=dhi--verify--build /empty/ /
