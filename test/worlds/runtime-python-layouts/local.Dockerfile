# syntax=dhi-frontend:1
# In /usr/local, as official images have it, and told by no variable: what a stage sets is not seen.
FROM dhi-world/opt-python:13 AS donor
RUN rm -rf /usr/local/lib/python3* && mv /opt/python/bin/* /usr/local/bin/ && mv /opt/python/lib/* /usr/local/lib/ && ldconfig

FROM dhi.io/static:20250419-glibc-debian13
DHI-RUNTIME --from=donor python:3.13
ENTRYPOINT ["python3"]
