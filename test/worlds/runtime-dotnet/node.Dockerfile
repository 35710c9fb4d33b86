# syntax=dhi-frontend:1
FROM dhi.io/dotnet:10.0-sdk-debian13 AS build
WORKDIR /src
COPY . .
RUN dotnet publish --configuration Release --output /app

FROM dhi.io/node:22-debian13
DHI-RUNTIME dotnet:10.0
COPY --from=build /app /app
CMD ["dotnet", "/app/report.dll"]
