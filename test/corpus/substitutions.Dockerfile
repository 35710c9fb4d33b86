FROM debian:trixie-slim
ARG VERSION=1.2.3
ENV MAJOR=${VERSION%%.*} \
    REST=${VERSION#*.} \
    DASHED=${VERSION//./-} \
    FIRST=${VERSION/./_} \
    SET=${VERSION:+yes} \
    FALLBACK=${NOPE:-none} \
    LITERAL=\$VERSION \
    SINGLE='$VERSION'
RUN echo "$MAJOR $REST $DASHED"
