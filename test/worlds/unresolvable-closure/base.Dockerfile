# A hardened image into which somebody copied the C++ library of an older release by hand.
FROM dhi.io/debian-base:trixie
COPY --from=debian:bookworm-slim /usr/lib/*-linux-gnu/libstdc++.so.6* /usr/lib/
