# syntax=dhi-frontend:1
FROM dhi.io/dotnet:10.0-sdk-debian13 AS build
WORKDIR /src
COPY . .
RUN dotnet publish --configuration Release --output /app

FROM dhi-world/opt-dotnet:13
DHI-FRAMEWORK --from=dhi.io/dotnet:10.0-sdk-debian13 aspnetcore:10.0
COPY --from=build /app /app
ENTRYPOINT ["dotnet", "/app/service.dll"]
