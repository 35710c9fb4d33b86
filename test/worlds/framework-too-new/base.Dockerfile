# A base whose .NET is older than the SDK's framework.
FROM dhi.io/dotnet:10.0-debian13 AS dotnet

FROM dhi.io/debian-base:trixie
COPY --from=dotnet /usr/lib/dotnet/dotnet /usr/lib/dotnet/dotnet
COPY --from=dotnet /usr/lib/dotnet/shared/Microsoft.NETCore.App/ /usr/lib/dotnet/shared/Microsoft.NETCore.App/10.0.0/
