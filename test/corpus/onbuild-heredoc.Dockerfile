FROM debian:trixie-slim AS parent
ONBUILD RUN <<EOF
echo from a trigger > /trigger
EOF
ONBUILD COPY <<FILE /file
text
FILE

FROM parent
RUN cat /trigger
