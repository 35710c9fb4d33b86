FROM dhi.io/alpine-base:3.23-dev AS build
RUN apk add --no-cache build-base
WORKDIR /src
COPY . .
RUN make && make DESTDIR=/out install

FROM dhi.io/alpine-base:3.23
COPY --from=build /out/ /
USER nonroot
CMD ["sh", "-c", "exec /usr/local/bin/server"]
