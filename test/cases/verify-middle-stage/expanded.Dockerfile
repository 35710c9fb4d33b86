# syntax=dhi-frontend:1
FROM dhi.io/node:22-debian13-dev AS build
RUN npm ci

# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-VERIFY (line 11): the base of stage stage-1

FROM --platform=linux/arm64 dhi.io/node:22-debian13 AS dhi--base--stage-1

# The runtime of all services
#
FROM --platform=linux/arm64 dhi.io/node:22-debian13 AS dhi--body--stage-1
COPY --from=build /app /app
# DHI-VERIFY: looked at behind the stage's last line
ENTRYPOINT ["/app/start"]


# DHI-VERIFY (line 11): checks what stage stage-1 adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--stage-1
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    TARGETARCH=arm64 TARGETVARIANT= sh /dhi/verify.sh --user node --workdir /app --entrypoint /app/start

# The runtime of all services
FROM dhi--body--stage-1
ONBUILD COPY --from=0 /app /app
COPY --from=dhi--verify--stage-1 /empty/ /

# DHI-VERIFY: the base of stage other

FROM debian:trixie-slim AS dhi--base--other

FROM debian:trixie-slim AS dhi--body--other
COPY --from=5 /app /app

# DHI-VERIFY: checks what stage other adds to debian:trixie-slim, with debian:trixie-slim

FROM --platform=$BUILDPLATFORM debian:trixie-slim AS dhi--verify--other
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--other,target=/base \
    --mount=type=bind,from=dhi--body--other,target=/target,rw \
    sh /dhi/verify.sh

FROM dhi--body--other AS other
COPY --from=dhi--verify--other /empty/ /
