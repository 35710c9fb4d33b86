FROM debian:trixie-slim
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=secret,id=token,target=/run/secrets/token,required=false \
    test ! -s /run/secrets/token || echo "a token was given"
