# syntax=dhi-frontend:1
ARG TAG=22-debian13
FROM dhi.io/node:${TAG}-dev AS build
WORKDIR /src
RUN echo built >result && mkdir empty
COPY hello.txt .

FROM dhi.io/node:${TAG}
LABEL org.example.kind="plain"
COPY --from=build --chown=1000:1000 /src /app/
COPY --from=0 /etc/debian_version /app/
ENV GREETING="two words" \
    OTHER=one
EXPOSE 8080
USER 1000
CMD ["node", "--version"]
