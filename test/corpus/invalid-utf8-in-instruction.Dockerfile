FROM debian:trixie-slim
LABEL note="café" \
      cut="â‚"
RUN true ðŸ\
 && true
