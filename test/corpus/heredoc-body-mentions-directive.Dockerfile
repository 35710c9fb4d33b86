FROM debian:trixie-slim
COPY <<EOF /notes.txt
DHI-NATIVE libgdiplus
ONBUILD DHI-RUN true
EOF
RUN echo "DHI-TOOL curl is only text here"
LABEL note="DHI-NATIVE in a label" \
      other="DHI-TOOL"
