FROM dhi.io/composer:2-php8.4-dev AS vendor
WORKDIR /app
COPY composer.json composer.lock ./
RUN composer install --no-dev --no-interaction

FROM dhi.io/php:8.4-debian13-fpm
WORKDIR /var/www/html
COPY --chown=65532:65532 . .
COPY --from=vendor --chown=65532:65532 /app/vendor ./vendor
EXPOSE 9000
