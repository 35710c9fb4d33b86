FROM dhi.io/php:8.4-alpine3.23-dev AS build
WORKDIR /app
COPY . .
RUN php build.php

FROM dhi.io/php:8.4-alpine3.23
COPY --from=build /app /app
WORKDIR /app
CMD ["/app/worker.php"]
