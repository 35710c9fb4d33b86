# "Just prefix it with dhi.io/": the single stage of a Node service, with nothing else changed.
FROM dhi.io/node:22
WORKDIR /usr/src/app
COPY package*.json ./
RUN npm install --production
COPY . .
EXPOSE 80
CMD ["npm", "start"]
