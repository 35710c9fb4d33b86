# syntax=dhi-frontend:1
# The plain runtime as base, with ASP.NET Core and a library for drawing brought by directives.
ARG DOTNET=10.0
FROM dhi.io/dotnet:${DOTNET}-sdk-debian13 AS build
WORKDIR /src
COPY Shop.sln ./
COPY src src
RUN dotnet publish src/Shop -c Release -o /publish

FROM dhi.io/dotnet:${DOTNET}-debian13 AS final
DHI-FRAMEWORK --from=build aspnetcore
DHI-NATIVE libgdiplus
WORKDIR /app
COPY --from=build --chown=65532:65532 /publish .
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
ENTRYPOINT ["dotnet", "Shop.dll"]
