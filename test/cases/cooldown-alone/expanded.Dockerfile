# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
# DHI-COOLDOWN --for=npm 7d (line 2): looks at the versions of the tools in stage stage-0

FROM scratch AS dhi--cooldown--stage-0
COPY <<'DHI_EOF' /cooldown.sh
DHI_EOF

FROM dhi.io/node:24-debian13-dev
RUN --network=none \
    --mount=type=bind,from=dhi--cooldown--stage-0,target=/dev/.dhi \
    ["sh","/dev/.dhi/cooldown.sh","named","npm"]
ARG NPM_CONFIG_MIN_RELEASE_AGE=7
RUN npm ci
ARG NPM_CONFIG_MIN_RELEASE_AGE=
# DHI-VERIFY off: this stage is not checked
