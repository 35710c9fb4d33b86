# escape=`
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-COOLDOWN --for=npm 7d (line 3): looks at the versions of the tools in stage stage-0

FROM scratch AS dhi--cooldown--stage-0
COPY <<'DHI_EOF' /cooldown.sh
DHI_EOF
# DHI-VERIFY: the base of stage stage-0

FROM dhi.io/node:24-debian13-dev AS dhi--base--stage-0

FROM dhi.io/node:24-debian13-dev AS dhi--body--stage-0
RUN --network=none `
    --mount=type=bind,from=dhi--cooldown--stage-0,target=/dev/.dhi `
    ["sh","/dev/.dhi/cooldown.sh","named","npm"]
ARG NPM_CONFIG_MIN_RELEASE_AGE=7
RUN npm `
  ci
ARG NPM_CONFIG_MIN_RELEASE_AGE=
USER node

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/node:24-debian13-dev, with dhi.io/node:24-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:24-debian13-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none `
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh `
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt `
    --mount=type=bind,from=dhi--base--stage-0,target=/base `
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw `
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
