# syntax=dhi-frontend:1
# From /opt, to a base that has neither time zones nor ICU nor OpenSSL.
FROM dhi.io/dotnet:10.0-sdk-debian13 AS build
WORKDIR /src
COPY . .
RUN dotnet publish --configuration Release --output /app

FROM dhi.io/static:20250419-glibc-debian13
DHI-RUNTIME --from=dhi-world/opt-dotnet-donor:13 dotnet:10.0
COPY --from=build /app /app
CMD ["dotnet", "/app/report.dll"]
