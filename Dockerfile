# One image for the API, its workers and the simulators. It holds no data, no keys and no PostgreSQL.

FROM node:24.11.1-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# --include=dev: the compiler. --omit=optional would leave out its binary too, so that is for the next stage.
RUN npm ci --include=dev
COPY . .
# The build script finds everything installed and only compiles.
RUN npm run build

FROM node:24.11.1-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional are the embedded PostgreSQL and a browser, which the image has from elsewhere or does not need.
RUN npm ci --omit=dev --omit=optional

FROM node:24.11.1-bookworm-slim
ENV NODE_ENV=production
# Prints the PDFs of invoices, names in any script included; rebuild the image monthly, a browser ages fast.
RUN apt-get update && apt-get install -y --no-install-recommends \
  chromium-headless-shell fonts-noto-core fonts-noto-cjk \
  && rm -rf /var/lib/apt/lists/* \
  # Where the simulators keep what they know; nobody else writes to a disk.
  && install --directory --owner=node --group=node /data
# A container does not let it make walls of its own, and is one: no network, no scripts and no files are for its pages anyway.
ENV PDF_SANDBOX=false
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
# The image's own unprivileged user; nothing below /app belongs to it, so nothing there can be changed.
USER node
# Inside a container every address is the container's own; compose publishes it on loopback only.
ENV HOST=0.0.0.0 PORT=3000
EXPOSE 3000
# Of the API: ready means that the database answers and the schema is there. Workers and simulators bring their own.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.js"]
