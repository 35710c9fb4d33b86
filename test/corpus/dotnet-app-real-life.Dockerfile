#See the project's page for how this file is used.

FROM debian:trixie-slim AS base
USER 1654
WORKDIR /app
EXPOSE 8080

FROM debian:trixie-slim AS build
ARG BUILD_CONFIGURATION=Release
WORKDIR /src
RUN echo "./App.csproj -c $BUILD_CONFIGURATION" > build.log

FROM build AS publish
ARG BUILD_CONFIGURATION=Release
RUN mkdir /app/ -p && cp build.log /app/

FROM base AS final
WORKDIR /app
COPY --from=publish /app .
ENTRYPOINT ["dotnet", "App.dll"]