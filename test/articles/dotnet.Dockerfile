# The shape of a published migration to hardened images: .NET 8, a page in Vue, libgdiplus, all put together by hand.
FROM dhi.io/node:22-debian13-dev AS node

FROM dhi.io/dotnet:8.0-sdk-debian13 AS build
COPY --from=node /usr/bin/node /usr/bin/node
COPY --from=node /usr/lib/nodejs /usr/lib/nodejs
RUN ln -s ../lib/nodejs/npm/bin/npm-cli.js /usr/bin/npm && ln -s ../lib/nodejs/npm/bin/npx-cli.js /usr/bin/npx
WORKDIR /src
COPY . .
RUN npm install --prefix client && npm run build --prefix client
RUN dotnet publish -c Release -o /app/publish

FROM mcr.microsoft.com/dotnet/aspnet:8.0 AS native
RUN apt-get update && apt-get install -y --no-install-recommends libgdiplus libc6-dev \
    && ln -s /usr/lib/libgdiplus.so /usr/lib/gdiplus.dll \
    && rm -rf /var/lib/apt/lists/*

FROM dhi.io/dotnet:8.0-debian13 AS final
COPY --from=build /opt/dotnet/shared/Microsoft.AspNetCore.App /opt/dotnet/shared/Microsoft.AspNetCore.App
COPY --from=native /usr/lib/libgdiplus.so* /usr/lib/
COPY --from=native /usr/lib/gdiplus.dll /usr/lib/
COPY --from=native /usr/lib/x86_64-linux-gnu/libcairo.so* /usr/lib/x86_64-linux-gnu/
COPY --from=native /usr/lib/x86_64-linux-gnu/libpng16.so* /usr/lib/x86_64-linux-gnu/
COPY --from=native /usr/lib/x86_64-linux-gnu/libfontconfig.so* /usr/lib/x86_64-linux-gnu/
COPY --from=native /usr/lib/x86_64-linux-gnu/libglib-2.0.so* /usr/lib/x86_64-linux-gnu/
WORKDIR /app
COPY --from=build /app/publish .
EXPOSE 80
ENTRYPOINT ["dotnet", "Shop.dll"]
