# syntax=dhi-frontend:1
FROM dhi.io/static:20250419-glibc-debian13
DHI-RUNTIME --from=dhi-world/opt-python:13 python:3.13
ENTRYPOINT ["python3"]
