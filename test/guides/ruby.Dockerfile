FROM dhi.io/ruby:3.4-debian13-dev AS build
WORKDIR /app
COPY Gemfile Gemfile.lock ./
RUN bundle config set --local path vendor/bundle && bundle install

FROM dhi.io/ruby:3.4-debian13
WORKDIR /app
COPY --from=build --chown=nonroot:nonroot /app /app
COPY --chown=nonroot:nonroot . .
EXPOSE 9292
CMD ["ruby", "-rbundler/setup", "app.rb"]
