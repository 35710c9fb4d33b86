FROM node:24-trixie-slim
RUN apt-get update && apt-get install -y poppler-utils && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --omit=dev
COPY server.js pdf.js ./
COPY public public
EXPOSE 8080
CMD ["npm", "start"]
