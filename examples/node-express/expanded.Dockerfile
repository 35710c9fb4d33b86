# syntax=dhi-frontend:1
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /graft.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
# (its text: dhi-frontend expand)
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
# (its text: dhi-frontend expand)
DHI_EOF
# DHI-COOLDOWN --for=npm 7d (line 3): looks at the versions of the tools in stage build

FROM scratch AS dhi--cooldown--build
COPY <<'DHI_EOF' /cooldown.sh
# (its text: dhi-frontend expand)
DHI_EOF

FROM dhi.io/node:24-debian13-dev AS build
RUN --network=none \
    --mount=type=bind,from=dhi--cooldown--build,target=/dev/.dhi \
    ["sh","/dev/.dhi/cooldown.sh","named","npm"]
ARG NPM_CONFIG_MIN_RELEASE_AGE=7
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev
ARG NPM_CONFIG_MIN_RELEASE_AGE=
COPY server.js pdf.js ./
COPY public public

# DHI-TOOL poppler-utils (line 11): the base of stage stage-1

FROM dhi.io/node:24-debian13 AS dhi--base--stage-1
# DHI-TOOL poppler-utils (line 11): packages of Debian 13, taken with dhi.io/node:24-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:24-debian13-dev AS dhi--tool--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 13 \
    --line DHI-TOOL poppler-utils
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-TOOL poppler-utils

FROM dhi.io/node:24-debian13 AS dhi--body--stage-1
COPY --link --from=dhi--tool--stage-1 /out/ /
COPY --from=build /app /app
EXPOSE 8080
CMD ["node", "server.js"]

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/node:24-debian13, with dhi.io/node:24-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:24-debian13-dev AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user node --workdir /app --cmd node

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
