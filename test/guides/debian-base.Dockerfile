# A shell script and the tools that it calls, as a user who is not root.
FROM dhi.io/debian-base:trixie-dev AS tools
RUN apt-get update \
    && apt-get install -y --no-install-recommends jq \
    && mkdir -p /out/data && chown 65532:65532 /out/data

FROM dhi.io/debian-base:trixie
COPY --from=tools --chown=65532:65532 /out/data /data
COPY --chmod=0755 report.sh /usr/local/bin/report.sh
VOLUME /data
USER nonroot
ENTRYPOINT ["/bin/bash", "/usr/local/bin/report.sh"]
