# syntax=dhi-frontend:1
FROM dhi-world/no-certificates:12
DHI-NATIVE ca-certificates
DHI-TOOL openssl
