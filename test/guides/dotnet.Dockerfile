FROM --platform=$BUILDPLATFORM dhi.io/dotnet:10.0-sdk-debian13 AS build
ARG TARGETARCH
WORKDIR /source
COPY *.csproj .
RUN dotnet restore -a $TARGETARCH
COPY . .
RUN dotnet publish -a $TARGETARCH --no-restore -o /app

FROM dhi.io/aspnetcore:10.0-debian13
WORKDIR /app
COPY --from=build /app .
EXPOSE 8080
ENTRYPOINT ["./service"]
