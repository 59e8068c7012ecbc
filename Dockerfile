# One file for all seven services: `docker build --build-arg APP=wallet .`
# Target `service` is the common one; `studio` adds the media tools.
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps apps
COPY libs libs
# A registry's settings, where one is needed, come in as a build secret and stay out of the image.
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --ignore-scripts
COPY prisma prisma
COPY tools tools
COPY .swcrc ./
RUN node tools/generate.mjs && node tools/build.mjs

FROM ${NODE_IMAGE} AS dependencies
ARG APP
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY apps apps
COPY libs libs
COPY tools/prune-image.mjs tools/prune-image.mjs
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci --ignore-scripts --omit=dev -w @eventzr/${APP}-svc \
  && node tools/prune-image.mjs

FROM ${NODE_IMAGE} AS service
ARG APP
ENV NODE_ENV=production APP=${APP}
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/package.json package.json
COPY --from=build /app/libs libs
COPY --from=build /app/apps/${APP} apps/${APP}
COPY --from=build /app/prisma prisma
COPY --from=build /app/tools/migrate.mjs tools/migrate.mjs
# A new named volume mounted here takes this ownership over.
RUN mkdir /data && chown 1000:1000 /data
USER 1000
EXPOSE 8080 8081
# API: as it is. Worker: `node apps/$APP/dist/worker.js`. Migration step: `node tools/migrate.mjs $APP`.
CMD ["sh", "-c", "exec node apps/$APP/dist/main.js"]

FROM service AS studio
USER 0
RUN apt-get update \
  && apt-get install -y --no-install-recommends ffmpeg pocketsphinx pocketsphinx-en-us espeak-ng \
  && rm -rf /var/lib/apt/lists/*
USER 1000

FROM service
