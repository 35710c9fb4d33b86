# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /cert.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-CERT corp-ca.crt (line 2): the base of stage stage-0
# DHI-CERT --base-bundle --secret=more (line 3): the base of stage stage-0

FROM dhi.io/python:3.13-alpine3.23 AS dhi--base--stage-0
# DHI-CERT corp-ca.crt (line 2): certificates, read with dhi.io/python:3.13-alpine3.23-dev
# DHI-CERT --base-bundle --secret=more (line 3): certificates, read with dhi.io/python:3.13-alpine3.23-dev

FROM --platform=$BUILDPLATFORM dhi.io/python:3.13-alpine3.23-dev AS dhi--cert--stage-0
USER 0:0
COPY ["corp-ca.crt","/certs/1/"]
RUN --mount=type=bind,from=dhi--scripts,source=/cert.sh,target=/dhi/cert.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/target \
    --mount=type=secret,id=dhi-apk-repositories,target=/dhi/access/repositories,required=false \
    --mount=type=secret,id=dhi-apk-keys,target=/dhi/access/keys,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    --mount=type=secret,id=more,target=/certs/2/more,required=true \
    sh /dhi/cert.sh --bundle /etc/ssl/certs/ca-certificates.crt --base-bundle corp-ca.crt more

FROM dhi.io/python:3.13-alpine3.23 AS dhi--body--stage-0
COPY --link --from=dhi--cert--stage-0 /out/ /
ENV SSL_CERT_FILE=/etc/ssl/dhi/ca-bundle.pem \
    CURL_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    REQUESTS_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    GIT_SSL_CAINFO=/etc/ssl/dhi/ca-bundle.pem \
    NODE_EXTRA_CA_CERTS=/etc/ssl/dhi/extra.pem
# DHI-CERT --base-bundle --secret=more: copied above

# DHI-VERIFY: checks what stage stage-0 adds to dhi.io/python:3.13-alpine3.23, with dhi.io/python:3.13-alpine3.23-dev

FROM --platform=$BUILDPLATFORM dhi.io/python:3.13-alpine3.23-dev AS dhi--verify--stage-0
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--base--stage-0,target=/base \
    --mount=type=bind,from=dhi--body--stage-0,target=/target,rw \
    sh /dhi/verify.sh --user nonroot

FROM dhi--body--stage-0
COPY --from=dhi--verify--stage-0 /empty/ /
