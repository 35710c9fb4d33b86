# syntax=dhi-frontend:1
FROM dhi.io/dotnet:10.0-sdk-debian13 AS build
WORKDIR /src
COPY . .
RUN dotnet publish --configuration Release --output /app

FROM dhi.io/dotnet:10.0-debian13
DHI-FRAMEWORK --from=build aspnetcore:10.0
COPY --from=build /app /app
ENTRYPOINT ["dotnet", "/app/service.dll"]
