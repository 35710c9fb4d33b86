# syntax=dhi-frontend:1
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
# DHI-TOOL --allow-shell --with=/usr/share/locale/de/* git (line 3): the base of stage final
# DHI-NATIVE --recommends --without="*/icons/*" libgdk-pixbuf-2.0-0 (line 5): the base of stage final
# DHI-TOOL --without=/usr/bin/pdf{detach,sig} --without=*/x[a-z].? poppler-utils=25.03.0-5 (line 6): the base of stage final

FROM dhi.io/node:22-debian13 AS dhi--base--final
# DHI-TOOL --allow-shell --with=/usr/share/locale/de/* git (line 3): packages of Debian 13, taken with dhi.io/node:22-debian13-dev
# DHI-NATIVE --recommends --without="*/icons/*" libgdk-pixbuf-2.0-0 (line 5): packages of Debian 13, taken with dhi.io/node:22-debian13-dev
# DHI-TOOL --without=/usr/bin/pdf{detach,sig} --without=*/x[a-z].? poppler-utils=25.03.0-5 (line 6): packages of Debian 13, taken with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--native--final
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --mount=type=bind,from=dhi--scripts,source=/graft.sh,target=/dhi/graft.sh \
    --mount=type=bind,from=dhi--base--final,target=/target \
    --mount=type=tmpfs,target=/dhi/apt \
    --mount=type=cache,id=dhi-packages,target=/dhi/cache \
    --mount=type=secret,id=dhi-apt-sources,target=/dhi/access/sources,required=false \
    --mount=type=secret,id=dhi-apt-auth,target=/dhi/access/auth,required=false \
    --mount=type=secret,id=dhi-proxy,target=/dhi/access/proxy,required=false \
    --mount=type=secret,id=dhi-ca,target=/dhi/access/ca,required=false \
    sh /dhi/graft.sh --release 13 \
    --line DHI-TOOL --allow-shell --with '/usr/share/locale/de/*' git \
    --line DHI-NATIVE --recommends --without '*/icons/*' libgdk-pixbuf-2.0-0 \
    --line DHI-TOOL --without '/usr/bin/pdf{detach,sig}' --without '*/x[a-z].?' poppler-utils=25.03.0-5
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/proof.sh,target=/dhi/proof.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--final,target=/target,rw \
    sh /dhi/proof.sh \
    --line DHI-TOOL git \
    --line DHI-NATIVE libgdk-pixbuf-2.0-0 \
    --line DHI-TOOL poppler-utils=25.03.0-5

FROM dhi.io/node:22-debian13 AS dhi--body--final
COPY --link --from=dhi--native--final /out/ /
COPY . /app
# DHI-NATIVE --recommends --without="*/icons/*" libgdk-pixbuf-2.0-0: part of the closure copied above
# DHI-TOOL --without=/usr/bin/pdf{detach,sig} --without=*/x[a-z].? poppler-utils=25.03.0-5: part of the closure copied above

# DHI-VERIFY: checks what stage final adds to dhi.io/node:22-debian13, with dhi.io/node:22-debian13-dev

FROM --platform=$BUILDPLATFORM dhi.io/node:22-debian13-dev AS dhi--verify--final
ARG TARGETARCH TARGETVARIANT
USER 0:0
RUN --network=none \
    --mount=type=bind,from=dhi--scripts,source=/verify.sh,target=/dhi/verify.sh \
    --mount=type=bind,from=dhi--scripts,source=/sonames-debian-13.txt,target=/dhi/sonames.txt \
    --mount=type=bind,from=dhi--base--final,target=/base \
    --mount=type=bind,from=dhi--body--final,target=/target,rw \
    sh /dhi/verify.sh --user node

FROM dhi--body--final AS final
COPY --from=dhi--verify--final /empty/ /
