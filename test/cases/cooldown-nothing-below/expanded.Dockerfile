# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-VERIFY: the base of stage stage-0

FROM dhi.io/node:24-debian13-dev AS dhi--base--stage-0

FROM dhi.io/node:24-debian13-dev AS dhi--body--stage-0
RUN npm ci
# DHI-COOLDOWN 7d: no RUN stands below it
CMD ["npm"]

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/node:24-debian13-dev, with dhi.io/node:24-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:24-debian13-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user root --workdir /app --cmd npm

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
