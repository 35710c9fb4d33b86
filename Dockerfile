# The frontend image: one bundle on a hardened Node image, without shell, network or root. `npm run image` builds it.
ARG NODE_IMAGE=dhi.io/node:24-debian13

# Writes V8's compiled form of the bundle with the very node that will run it.
FROM ${NODE_IMAGE} AS warm
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin NODE_ENV=production
USER 0:0
COPY dist/start.cjs dist/frontend.cjs dist/catalog.json dist/catalog-packages.json dist/programs.json dist/scripts.txt /frontend/
RUN ["node", "/frontend/start.cjs", "--warm"]

FROM ${NODE_IMAGE}
COPY --from=warm /frontend /frontend
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin NODE_ENV=production
# Where docs/rules is published, with {rule} in the place of a rule's name: warnings link to it.
ARG RULES_URL=
ENV DHI_RULES_URL=${RULES_URL}
USER 65532:65532
WORKDIR /
# BuildKit runs it without network, and refuses requests for capabilities that are not named here.
LABEL moby.buildkit.frontend.network.none="true" \
      moby.buildkit.frontend.caps="moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts,moby.buildkit.frontend.gitquerystring" \
      org.opencontainers.image.title="dhi-frontend" \
      org.opencontainers.image.description="A BuildKit frontend with directives for Docker Hardened Images" \
      org.opencontainers.image.licenses="Apache-2.0"
# A life of a few milliseconds needs no worker threads.
ENTRYPOINT ["node", "--v8-pool-size=0", "/frontend/start.cjs"]
