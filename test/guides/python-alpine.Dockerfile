# Wheels that need a compiler are built where there is one, and installed into a folder of their own.
FROM dhi.io/python:3.13-alpine3.23-dev AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --target=/app/packages -r requirements.txt

FROM dhi.io/python:3.13-alpine3.23
ENV PYTHONPATH=/app/packages
WORKDIR /app
COPY --from=build --chown=65532:65532 /app/packages /app/packages
COPY --chown=65532:65532 . .
USER 65532
ENTRYPOINT ["python3"]
CMD ["main.py"]
