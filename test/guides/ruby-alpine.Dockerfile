FROM dhi.io/ruby:3.4-alpine3.23-dev AS build
WORKDIR /srv/app
ENV BUNDLE_PATH=/srv/app/vendor/bundle BUNDLE_WITHOUT=development:test
COPY Gemfile Gemfile.lock ./
RUN bundle install
COPY . .

FROM dhi.io/ruby:3.4-alpine3.23
ENV BUNDLE_PATH=/srv/app/vendor/bundle
WORKDIR /srv/app
COPY --from=build --chown=65532:65532 /srv/app /srv/app
USER 65532
CMD ["ruby", "-rbundler/setup", "worker.rb"]
