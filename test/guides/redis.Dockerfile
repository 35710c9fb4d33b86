FROM dhi.io/redis:8-debian13
COPY --chown=65532:65532 redis.conf /etc/redis/app.conf
EXPOSE 6379
CMD ["redis-server", "/etc/redis/app.conf"]
