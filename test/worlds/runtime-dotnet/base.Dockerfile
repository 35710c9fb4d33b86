# .NET below /opt, as hardened images had it before.
FROM dhi.io/dotnet:10.0-debian13 AS dotnet

FROM dhi.io/debian-base:trixie-dev
COPY --from=dotnet /usr/lib/dotnet /opt/dotnet
RUN apt-get update && apt-get install -y --no-install-recommends libicu76 libgssapi-krb5-2 && rm -rf /var/lib/apt/lists/*
ENV DOTNET_ROOT=/opt/dotnet PATH=/opt/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
