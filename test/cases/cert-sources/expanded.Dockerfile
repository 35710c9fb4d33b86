FROM debian:trixie-slim AS make
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /cert.sh
DHI_EOF
# DHI-CERT --builder=make --from=0 /ca.pem (line 3): the base of stage parent

FROM dhi.io/alpine-base:3.23 AS dhi--base--parent
# DHI-CERT --builder=make --from=0 /ca.pem (line 3): certificates, read with make

FROM make AS dhi--cert--parent
SHELL ["/bin/sh", "-c"]
USER 0:0
COPY --from=make ["/ca.pem","/certs/1/"]
RUN --mount=type=bind,from=dhi--scripts,source=/cert.sh,target=/dhi/cert.sh \
    --mount=type=bind,from=dhi--base--parent,target=/target \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/cert.sh --bundle /etc/ssl/certs/ca-certificates.crt /ca.pem

FROM dhi.io/alpine-base:3.23 AS parent
COPY --link --from=dhi--cert--parent /out/ /
ENV SSL_CERT_FILE=/etc/ssl/dhi/ca-bundle.pem \
    CURL_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    REQUESTS_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    GIT_SSL_CAINFO=/etc/ssl/dhi/ca-bundle.pem \
    NODE_EXTRA_CA_CERTS=/etc/ssl/dhi/extra.pem

# DHI-CERT a.pem (line 6): the base of stage stage-2

FROM dhi.io/alpine-base:3.23 AS dhi--base--stage-2
# DHI-CERT a.pem (line 6): certificates, read with dhi.io/alpine-base:3.23-dev

FROM --platform=$BUILDPLATFORM dhi.io/alpine-base:3.23-dev AS dhi--cert--stage-2
USER 0:0
COPY ["a.pem","/certs/1/"]
RUN --mount=type=bind,from=dhi--scripts,source=/cert.sh,target=/dhi/cert.sh \
    --mount=type=bind,from=dhi--base--stage-2,target=/target \
    --mount=type=bind,from=dhi--cert--parent,source=/out,target=/have/0 \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/cert.sh --bundle /etc/ssl/certs/ca-certificates.crt a.pem

FROM parent
COPY --link --from=dhi--cert--stage-2 /out/ /
ENV SSL_CERT_FILE=/etc/ssl/dhi/ca-bundle.pem \
    CURL_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    REQUESTS_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    GIT_SSL_CAINFO=/etc/ssl/dhi/ca-bundle.pem \
    NODE_EXTRA_CA_CERTS=/etc/ssl/dhi/extra.pem

# DHI-CERT a.pem (line 9): the base of stage stage-3

FROM scratch AS dhi--base--stage-3
# DHI-CERT a.pem (line 9): certificates, read with dhi.io/debian-base:trixie-dev

FROM --platform=$BUILDPLATFORM dhi.io/debian-base:trixie-dev AS dhi--cert--stage-3
USER 0:0
COPY ["a.pem","/certs/1/"]
RUN --mount=type=bind,from=dhi--scripts,source=/cert.sh,target=/dhi/cert.sh \
    --mount=type=bind,from=dhi--base--stage-3,target=/target \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/cert.sh a.pem

FROM scratch
COPY --link --from=dhi--cert--stage-3 /out/ /
ENV SSL_CERT_FILE=/etc/ssl/dhi/ca-bundle.pem \
    CURL_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    REQUESTS_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    GIT_SSL_CAINFO=/etc/ssl/dhi/ca-bundle.pem \
    NODE_EXTRA_CA_CERTS=/etc/ssl/dhi/extra.pem
