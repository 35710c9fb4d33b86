FROM dhi.io/node:22-debian13-dev
USER node
USER 0:0
RUN --mount=type=cache,target=/c echo $PATH;   true
USER node
RUN <<END
id
END
RUN ["true"]
