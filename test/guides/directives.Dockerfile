# syntax=dhi-frontend:1
FROM dhi.io/node:22-debian13-dev AS build
DHI-COOLDOWN 7d
WORKDIR /app
COPY package*.json ./
RUN npm ci --omit=dev

FROM dhi.io/node:22-debian13
DHI-NATIVE libvips42t64
DHI-TOOL poppler-utils
DHI-RUN mkdir -p /app/uploads && chown node:node /app/uploads
COPY --from=build /app /app
COPY . .
HEALTHCHECK CMD ["pdftotext", "-v"]
CMD ["node", "server.js"]
