# syntax=dhi-frontend:1
FROM debian:trixie-slim AS unused
RUN false

FROM debian:trixie-slim
RUN echo crlf \
    && true
CMD ["sh"]
