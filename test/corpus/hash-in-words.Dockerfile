FROM debian:trixie-slim
ENV COLOR=#ff0000 HASH="a#b"
RUN echo '#' \
    "# quoted" # shell comment
LABEL x=#
