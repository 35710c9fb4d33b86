FROM dhi.io/postgres:17-debian13
COPY --chown=70:70 init.sql /docker-entrypoint-initdb.d/
EXPOSE 5432
