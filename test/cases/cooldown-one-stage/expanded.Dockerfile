# syntax=docker/dockerfile:1
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-COOLDOWN 7d (line 5): looks at the versions of the tools in stage build

FROM scratch AS dhi--cooldown--build
COPY <<'DHI_EOF' /cooldown.sh
DHI_EOF

FROM dhi.io/node:24-debian13-dev AS build
WORKDIR /app
RUN apt-get update
RUN --network=none \
    --mount=type=bind,from=dhi--cooldown--build,target=/dev/.dhi \
    ["sh","/dev/.dhi/cooldown.sh","all","npm","pnpm","yarn","pip","uv"]
ARG NPM_CONFIG_MIN_RELEASE_AGE=7 NPM_CONFIG_MINIMUM_RELEASE_AGE=10080 PNPM_CONFIG_MINIMUM_RELEASE_AGE=10080 YARN_NPM_MINIMAL_AGE_GATE=10080 PIP_UPLOADED_PRIOR_TO=P7D UV_EXCLUDE_NEWER=P7D
COPY package.json .
RUN --mount=type=cache,target=/root/.npm \
    # a comment
    npm install
RUN ["npm", "test"]
RUN <<END
npm run build
END
ARG NPM_CONFIG_MIN_RELEASE_AGE= NPM_CONFIG_MINIMUM_RELEASE_AGE= PNPM_CONFIG_MINIMUM_RELEASE_AGE= PIP_UPLOADED_PRIOR_TO=
ONBUILD RUN npm install
CMD ["npm", "start"]

FROM build AS test
RUN npm test

# DHI-VERIFY: the base of stage stage-2

FROM dhi.io/node:24-debian13 AS dhi--base--stage-2

FROM dhi.io/node:24-debian13 AS dhi--body--stage-2
COPY --from=2 /app /app

# DHI-VERIFY: checks what stage stage-2 adds to dhi.io/node:24-debian13, with dhi.io/node:24-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:24-debian13-dev AS dhi--verify--stage-2
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-2,target=/base \
    --mount=type=bind,from=dhi--body--stage-2,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--stage-2
COPY --from=dhi--verify--stage-2 /empty/ /
