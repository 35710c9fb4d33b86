# What stands in for mcr.microsoft.com/dotnet/sdk and aspnet, each a target. On Debian 13; Microsoft's images for .NET 10 are on Ubuntu 24.04.
FROM dhi.io/dotnet:10.0-sdk-debian13 AS dotnet

FROM debian:trixie-slim AS dependencies
RUN apt-get update && \
    apt-get install -y --no-install-recommends ca-certificates libgcc-s1 libicu76 libssl3t64 libstdc++6 tzdata zlib1g && \
    rm -rf /var/lib/apt/lists/*
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true
RUN ln -s ../share/dotnet/dotnet /usr/bin/dotnet

FROM dependencies AS aspnet
COPY --from=dotnet /usr/lib/dotnet/dotnet /usr/share/dotnet/dotnet
COPY --from=dotnet /usr/lib/dotnet/host/ /usr/share/dotnet/host/
COPY --from=dotnet /usr/lib/dotnet/shared/ /usr/share/dotnet/shared/

FROM dependencies AS sdk
COPY --from=dotnet /usr/lib/dotnet/ /usr/share/dotnet/
