FROM dhi.io/dotnet:10.0-sdk-alpine3.23 AS build
WORKDIR /src
COPY . .
RUN dotnet publish -c Release -o /out

FROM dhi.io/dotnet:10.0-alpine3.23
WORKDIR /app
COPY --from=build /out .
ENTRYPOINT ["dotnet", "Report.dll"]
