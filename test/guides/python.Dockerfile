# A virtual environment made in the dev image of the same distro and release; its links and scripts name /usr/bin/python3.
FROM dhi.io/python:3.13-debian13-dev AS build
ENV PYTHONDONTWRITEBYTECODE=1 PATH="/app/venv/bin:$PATH"
WORKDIR /app
RUN python -m venv /app/venv
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM dhi.io/python:3.13-debian13
WORKDIR /app
ENV PYTHONUNBUFFERED=1 PATH="/app/venv/bin:$PATH"
COPY --from=build /app/venv /app/venv
COPY app.py .
EXPOSE 8000
CMD ["python", "app.py"]
