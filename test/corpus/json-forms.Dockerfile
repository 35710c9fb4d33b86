FROM debian:trixie-slim
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN ["/bin/echo", "a \"quoted\" word", "back\\slash", "\u00e9"]
RUN [ "/bin/true" ]
VOLUME ["/data", "/more"]
ENTRYPOINT ["/bin/sh", \
            "-c"]
CMD ["echo done"]
