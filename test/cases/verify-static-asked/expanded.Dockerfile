# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-VERIFY (line 3): the base of stage stage-0

FROM dhi.io/static:20250419 AS dhi--base--stage-0

FROM dhi.io/static:20250419 AS dhi--body--stage-0
COPY server /server
# DHI-VERIFY: looked at behind the stage's last line
ENTRYPOINT ["/server"]

# DHI-VERIFY (line 3): checks what stage stage-0 adds to dhi.io/static:20250419, with dhi.io/debian-base:trixie-dev

FROM --platform=$BUILDPLATFORM dhi.io/debian-base:trixie-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user nonroot --workdir / --entrypoint /server

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
