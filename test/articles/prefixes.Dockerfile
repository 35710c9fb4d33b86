# "Just prefix it with dhi.io/": names and tags of other images, which do not exist here.
FROM dhi.io/node:22-slim AS slim
FROM dhi.io/node:lts AS lts
FROM dhi.io/node AS latest
FROM dhi.io/python:3.13-bookworm AS bookworm
FROM dhi.io/eclipse-temurin:21-jre AS jre
FROM dhi.io/php:8.4-cli AS cli
FROM dhi.io/aspnet:8.0 AS microsoft
FROM dhi.io/debian:trixie AS debian
FROM dhi.io/node:22-dev-debian13 AS order
FROM dhi.io/node:22-debian13
COPY --from=slim /a /
