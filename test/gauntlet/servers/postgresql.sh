#!/bin/sh
# A PostgreSQL on localhost with TLS, and the user and database "probe".
set -eu
pg_createcluster "$(ls /usr/lib/postgresql)" probe --port 5432 --start >/dev/null
setpriv --reuid=postgres --regid=postgres --clear-groups psql --quiet --host=/var/run/postgresql --port=5432 postgres <<END
CREATE USER probe PASSWORD 'secret';
CREATE DATABASE probe OWNER probe;
END
echo ready
exec sleep 600
