# syntax=dhi-frontend:1
# Node for the page inside the SDK stage, ASP.NET Core from the base that has it.
FROM dhi.io/dotnet:10.0-sdk-debian13 AS build
DHI-RUNTIME node:24
WORKDIR /src
COPY . .
RUN npm ci --prefix web && npm run build --prefix web
RUN dotnet publish -c Release -o /publish

FROM dhi.io/aspnetcore:10.0-debian13
DHI-NATIVE libgdiplus
WORKDIR /app
COPY --from=build /publish .
EXPOSE 8080
ENTRYPOINT ["dotnet", "Shop.dll"]
