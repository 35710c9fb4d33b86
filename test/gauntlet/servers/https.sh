#!/bin/sh
# Serves hello.txt at https://localhost:8443, with a certificate of an own authority whose certificate is at http://localhost:8080/ca.pem.
set -eu
mkdir -p /srv/www
cd /srv
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=probe-authority -days 2 -keyout ca.key -out www/ca.pem 2>/dev/null
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout key.pem -out request.pem 2>/dev/null
echo 'subjectAltName=DNS:localhost' >names
openssl x509 -req -in request.pem -CA www/ca.pem -CAkey ca.key -days 2 -extfile names -out cert.pem 2>/dev/null
echo 'hello over https' >www/hello.txt
cat >nginx.conf <<END
events {}
error_log stderr;
http {
  access_log off;
  server {
    listen 127.0.0.1:8080;
    listen 127.0.0.1:8443 ssl;
    ssl_certificate /srv/cert.pem;
    ssl_certificate_key /srv/key.pem;
    root /srv/www;
  }
}
END
nginx -c /srv/nginx.conf
echo ready
exec sleep 600
