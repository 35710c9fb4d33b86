# syntax=dhi-frontend:1
FROM dhi.io/static:20250419-glibc-debian12
DHI-NATIVE gsettings-desktop-schemas tdsodbc libsqliteodbc
DHI-TOOL libglib2.0-bin odbcinst unixodbc libblis4-pthread
ENV GSETTINGS_BACKEND=memory
