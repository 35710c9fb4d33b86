# syntax=dhi-frontend:1
# Libraries of the system beside Python, each with its closure.
FROM dhi.io/python:3.12-debian13-dev AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential libpq-dev && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir psycopg2 weasyprint

FROM dhi.io/python:3.12-debian13
DHI-NATIVE libpq5 libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core
DHI-CERT corp-ca.crt
COPY --from=build /opt/venv /opt/venv
COPY app /app
USER 65532:65532
ENTRYPOINT ["/opt/venv/bin/python", "/app/report.py"]
