# syntax=dhi-frontend:1
FROM dhi-world/no-certificates:13
DHI-NATIVE ca-certificates
DHI-TOOL openssl
