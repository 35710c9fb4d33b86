ARG AGE=36h
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-COOLDOWN --for=pip,uv $AGE (line 4): looks at the versions of the tools in stage stage-0
# DHI-COOLDOWN --for=uv 2w (line 6): looks at the versions of the tools in stage stage-0

FROM scratch AS dhi--cooldown--stage-0
COPY <<'DHI_EOF' /cooldown.sh
DHI_EOF
# DHI-VERIFY: the base of stage stage-0

FROM dhi.io/python:3.13-debian13-dev AS dhi--base--stage-0

FROM dhi.io/python:3.13-debian13-dev AS dhi--body--stage-0
ARG AGE
RUN --network=none \
    --mount=type=bind,from=dhi--cooldown--stage-0,target=/dev/.dhi \
    ["sh","/dev/.dhi/cooldown.sh","named","pip","uv"]
ARG PIP_UPLOADED_PRIOR_TO=P2D UV_EXCLUDE_NEWER=PT36H
RUN pip install flask
RUN --network=none \
    --mount=type=bind,from=dhi--cooldown--stage-0,target=/dev/.dhi \
    ["sh","/dev/.dhi/cooldown.sh","named","uv"]
ARG UV_EXCLUDE_NEWER=P14D
RUN uv sync 
ARG PIP_UPLOADED_PRIOR_TO=

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/python:3.13-debian13-dev, with dhi.io/python:3.13-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/python:3.13-debian13-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user root

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
