# syntax=dhi-frontend:1
# The same program with Mono, for machines whose stand-in for .NET is without .NET.
FROM dhi-stand-in/mono:debian13-dev AS build
WORKDIR /src
COPY . .
RUN mcs -langversion:7 -out:/app/drawing.exe *.cs

FROM dhi-stand-in/mono:debian13
DHI-NATIVE libgdiplus
COPY --from=build /app /app
ENTRYPOINT ["mono", "/app/drawing.exe"]
