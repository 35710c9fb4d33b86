ARG PORT=80
# dhi-frontend: the scripts that the generated stages run

FROM scratch AS dhi--scripts
COPY <<'DHI_EOF' /graft.sh
DHI_EOF
COPY <<'DHI_EOF' /proof.sh
DHI_EOF
COPY <<'DHI_EOF' /sonames-debian-13.txt
DHI_EOF
COPY <<'DHI_EOF' /verify.sh
DHI_EOF
# DHI-NATIVE libpq5 (line 3): the base of stage base

FROM dhi.io/node:22-debian13 AS dhi--base--base
# DHI-NATIVE libpq5 (line 3): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--native--base
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--base,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 13 \
    --line DHI-NATIVE libpq5
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--base,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-NATIVE libpq5

FROM dhi.io/node:22-debian13 AS base
COPY --link --from=dhi--native--base /out/ /
ENV APP=/srv PATH=/srv/bin:$PATH
WORKDIR $APP
USER 1000:1000
SHELL ["/bin/bash", "-c"]
CMD ["first"]
ONBUILD WORKDIR sub

# DHI-VERIFY: the base of stage final

FROM dhi.io/node:22-debian13 AS dhi--base--final

FROM base AS dhi--body--final
ARG PATH=/not/this
WORKDIR ../lib
ENV LD_LIBRARY_PATH=/srv/lib:/srv/it's\ here
ENTRYPOINT ["./it's $HOME;`rm`\\\n", "--port"]

# DHI-VERIFY: checks what stage final adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--final
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--final,target=/base \
    --mount=type=bind,from=dhi--body--final,target=/target,rw \
    sh /dhi/verify.sh --user 1000:1000 --workdir /srv/lib --path /srv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin --entrypoint ./it%047s%040%044HOME%073%140rm%140%134%012

FROM dhi--body--final AS Final
COPY --from=dhi--verify--final /empty/ /
