FROM dhi.io/node:22-alpine3.22-dev
ONBUILD USER node
RUN apk add --no-cache libpq sdl2_image=2.8.8-r0
FROM dhi.io/node:22-alpine3.22-dev
USER node
USER 0:0
RUN apk add --no-cache git
USER node
