FROM dhi.io/memcached:1-debian13
EXPOSE 11211
CMD ["-m", "128"]
