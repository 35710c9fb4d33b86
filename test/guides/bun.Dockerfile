FROM dhi.io/bun:1-debian13-dev AS build
WORKDIR /app
COPY package.json bun.lock ./
RUN bun install --frozen-lockfile --production
COPY . .

FROM dhi.io/bun:1-debian13
WORKDIR /app
COPY --from=build /app /app
CMD ["bun", "run", "server.ts"]
