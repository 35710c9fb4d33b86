# syntax=dhi-frontend:1
# Folders and links made in the runtime image, with a lent shell; the result is looked at before it is an image.
FROM dhi.io/node:22-debian13-dev AS build
WORKDIR /app
COPY . .
RUN npm ci --omit=dev

FROM dhi.io/node:22-debian13
COPY --from=build /app /app
DHI-RUN <<EOF
mkdir -p /app/cache /var/lib/app
chown -R node:node /app/cache /var/lib/app
EOF
VOLUME /var/lib/app
DHI-VERIFY /app
USER node
CMD ["node", "server.js"]
