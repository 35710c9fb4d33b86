# .NET below /opt, as hardened images had it before.
FROM dhi.io/dotnet:10.0-debian13 AS dotnet

FROM dhi.io/debian-base:trixie
COPY --from=dotnet /usr/lib/dotnet /opt/dotnet
COPY --from=dotnet /usr/lib/x86_64-linux-gnu/libstdc++.so.6 /usr/lib/x86_64-linux-gnu/libgcc_s.so.1 /usr/lib/x86_64-linux-gnu/
ENV DOTNET_ROOT=/opt/dotnet PATH=/opt/dotnet:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
USER 65532
