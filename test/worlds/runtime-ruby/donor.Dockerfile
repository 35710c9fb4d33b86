# Ruby as hardened images build it: below /usr/local, with a shared library there and no package record. Debian has its source; -O0 saves minutes.
FROM debian:trixie-slim AS made
RUN sed -n 's/^deb /deb-src /p' /etc/apt/sources.list >/etc/apt/sources.list.d/source.list; \
    find /etc/apt/sources.list.d -name '*.sources' -exec sed -i 's/^Types: deb$/Types: deb deb-src/' {} + ; \
    apt-get update && apt-get install -y --no-install-recommends gcc make dpkg-dev libc6-dev libyaml-dev libssl-dev zlib1g-dev libffi-dev libjemalloc-dev && \
    cd /tmp && apt-get source --download-only ruby3.3/trixie && mkdir source && tar -xf ruby3.3_*.orig.tar.* -C source --strip-components=1
RUN cd /tmp/source && ./configure --disable-install-doc --enable-shared --disable-yjit --with-jemalloc optflags=-O0 debugflags= >/dev/null && \
    make -j"$(nproc)" >/dev/null && make install >/dev/null && echo 'gem: --no-document' >/usr/local/etc/gemrc && touch /usr/local/bin/unrelated

FROM dhi.io/debian-base:trixie-dev
RUN apt-get update && apt-get install -y --no-install-recommends libyaml-0-2 libffi8 zlib1g libjemalloc2 libssl3t64 && rm -rf /var/lib/apt/lists/*
COPY --from=made /usr/local /usr/local
ENV RUBY_VERSION=3.3 GEM_HOME=/usr/local/bundle BUNDLE_APP_CONFIG=/usr/local/bundle LD_LIBRARY_PATH=/usr/local/lib \
    PATH=/usr/local/bin:/usr/local/bundle/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
