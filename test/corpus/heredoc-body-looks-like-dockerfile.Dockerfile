FROM debian:trixie-slim
COPY <<Dockerfile.inner /srv/Dockerfile
FROM scratch AS inner
# escape=`
COPY --from=0 / /
RUN <<EOF
echo nested
EOF
Dockerfile.inner
RUN test -s /srv/Dockerfile
