FROM dhi.io/httpd:2.4-debian13
COPY public/ /usr/local/apache2/htdocs/
EXPOSE 8080
