FROM dhi.io/node:24-alpine3.23-dev AS build
WORKDIR /app
RUN apk add --no-cache python3 make g++
COPY package*.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev

FROM dhi.io/node:24-alpine3.23
COPY --from=build /app/node_modules /app/node_modules
COPY src /app/src
CMD ["node", "src/index.js"]
