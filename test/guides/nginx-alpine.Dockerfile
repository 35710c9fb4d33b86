# Pages that need no build, and the configuration rendered where envsubst is.
FROM dhi.io/nginx:1.30-alpine3.23
COPY --chown=nginx:nginx site/ /usr/share/nginx/html/
COPY nginx.conf /etc/nginx/nginx.conf
USER nginx
EXPOSE 8080
CMD ["-g", "daemon off;"]
