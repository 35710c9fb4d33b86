# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /runtime.sh
DHI_EOF
COPY <<'DHI_EOF' /runtime-proof.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-RUNTIME ruby:3.4 (line 2): the base of stage stage-0

FROM dhi.io/node:22-debian13 AS dhi--base--stage-0
# DHI-RUNTIME ruby:3.4 (line 2): the image that lends ruby

FROM dhi.io/ruby:3.4-debian13-dev AS dhi--donor-ruby--stage-0
# DHI-RUNTIME ruby:3.4 (line 2): ruby out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--runtime-ruby--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=bind,from=dhi--donor-ruby--stage-0,target=/donor \
    sh /dhi/runtime.sh --release 13 --path /usr/local/bin:/usr/local/bundle/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --runtime ruby ruby:3.4
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target,rw \
    sh /dhi/runtime-proof.sh --runtime ruby ruby:3.4

FROM dhi.io/node:22-debian13
COPY --link --from=dhi--runtime-ruby--stage-0 /out/ /
ENV BUNDLE_APP_CONFIG="/usr/local/bundle" \
    BUNDLE_SILENCE_ROOT_WARNING="true" \
    GEM_HOME="/usr/local/bundle" \
    RUBY_VERSION="3.4.10" \
    PATH="${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}:/usr/local/bundle/bin"
# DHI-RUNTIME node:22 (line 4): the base of stage stage-1

FROM dhi.io/ruby:3.4-debian13 AS dhi--base--stage-1
# DHI-RUNTIME node:22 (line 4): the image that lends node

FROM dhi.io/node:22-debian13-dev AS dhi--donor-node--stage-1
# DHI-RUNTIME node:22 (line 4): node out of its donor

FROM --platform=$BUILDPLATFORM dhi.io/ruby:3.4-debian13-dev AS dhi--runtime-node--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime.sh,target=/dhi/runtime.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target \
    --mount=type=bind,from=dhi--donor-node--stage-1,target=/donor \
    sh /dhi/runtime.sh --release 13 --runtime node node:22
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/runtime-proof.sh,target=/dhi/runtime-proof.sh \
    --mount=type=bind,from=dhi--base--stage-1,target=/target,rw \
    sh /dhi/runtime-proof.sh --runtime node node:22

FROM dhi.io/ruby:3.4-debian13 AS dhi--body--stage-1
COPY --link --from=dhi--runtime-node--stage-1 /out/ /
ENV NODE_VERSION="22.23.2-0" \
    NPM_CONFIG_UPDATE_NOTIFIER="false"

# DHI-VERIFY: checks what stage stage-1 adds to dhi.io/ruby:3.4-debian13, with dhi.io/ruby:3.4-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/ruby:3.4-debian13-dev AS dhi--verify--stage-1
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--stage-1,target=/base \
    --mount=type=bind,from=dhi--body--stage-1,target=/target,rw \
    sh /dhi/verify.sh --user nonroot --path /usr/local/bin:/usr/local/bundle/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

FROM dhi--body--stage-1
COPY --from=dhi--verify--stage-1 /empty/ /
