# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /cert.sh
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
# DHI-CERT "$NAME ca's.crt" certs/*.pem (line 3): the base of stage final
# DHI-CERT --secret=corp-ca --from=certs --base-bundle other.crt (line 4): the base of stage final

FROM dhi.io/eclipse-temurin:21-debian13 AS dhi--base--final
# DHI-CERT "$NAME ca's.crt" certs/*.pem (line 3): certificates, read with dhi.io/eclipse-temurin:21-jdk-debian13-dev
# DHI-CERT --secret=corp-ca --from=certs --base-bundle other.crt (line 4): certificates, read with dhi.io/eclipse-temurin:21-jdk-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/eclipse-temurin:21-jdk-debian13-dev AS dhi--cert--final
USER 0:0
COPY ["corp ca\\'s.crt","/certs/1/"]
COPY ["certs/*.pem","/certs/2/"]
COPY --from=certs ["other.crt","/certs/3/"]
RUN --mount=type=bind,from=dhi--scripts,source=/cert.sh,target=/dhi/cert.sh \
    --mount=type=bind,from=dhi--base--final,target=/target \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    --mount=type=secret,id=corp-ca,target=/certs/4/corp-ca,required=true \
    sh /dhi/cert.sh --base-bundle --java 'corp ca'\''s.crt' 'certs/*.pem' other.crt corp-ca

FROM dhi.io/eclipse-temurin:21-debian13 AS dhi--body--final
ARG NAME=corp
COPY --link --from=dhi--cert--final /out/ /
ENV SSL_CERT_FILE=/etc/ssl/dhi/ca-bundle.pem \
    CURL_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    REQUESTS_CA_BUNDLE=/etc/ssl/dhi/ca-bundle.pem \
    GIT_SSL_CAINFO=/etc/ssl/dhi/ca-bundle.pem \
    NODE_EXTRA_CA_CERTS=/etc/ssl/dhi/extra.pem \
    JAVA_TOOL_OPTIONS="-Djavax.net.ssl.trustStore=/etc/ssl/dhi/cacerts.p12"
# DHI-CERT --secret=corp-ca --from=certs --base-bundle other.crt: copied above
USER 1000

# DHI-VERIFY: checks what stage final adds to dhi.io/eclipse-temurin:21-debian13, with dhi.io/eclipse-temurin:21-jdk-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/eclipse-temurin:21-jdk-debian13-dev AS dhi--verify--final
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--final,target=/base \
    --mount=type=bind,from=dhi--body--final,target=/target,rw \
    sh /dhi/verify.sh --user 1000

FROM dhi--body--final AS final
COPY --from=dhi--verify--final /empty/ /
