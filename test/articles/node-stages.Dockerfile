# The second try of the same service: built on the official image, delivered on the hardened one.
FROM node:22 AS build
WORKDIR /app
COPY package*.json ./
RUN npm install --production
COPY . .

FROM dhi.io/node:22
WORKDIR /app
COPY --from=build /app .
EXPOSE 3000
CMD ["node", "server.js"]
