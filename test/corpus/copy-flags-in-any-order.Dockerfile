FROM debian:trixie-slim AS build
RUN echo a > /a && echo b > /b

FROM scratch
COPY --chmod=0444 --from=build --link /a /first
COPY --from=build --chown=65532:65532 --chmod=644 /b /second
COPY --link --chown=0:0 --from=build /a /b /both/
