FROM debian:trixie-slim
ENV NAME a value   with spaces
ENV PATH /opt/tool/bin:$PATH
ENV QUOTED "kept as one"
LABEL description An old label
