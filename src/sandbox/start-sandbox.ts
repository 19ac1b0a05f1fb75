import fastify, { type FastifyInstance, type FastifyPluginCallback } from 'fastify';
import { controlRoutes } from './control/control.routes';
import { FaultList } from './faults/fault-list';
import { CallLog } from './http/call-log';
import { AttemptLog } from './notifications/attempt-log';
import { Sender } from './notifications/sender';
import { signWith } from './notifications/sign';
import { payproPage } from './pay-page/paypro-page';
import { paypalPage } from './pay-page/paypal-page';
import { signerOf } from './paypal/notifications/make-signer';
import { paypalRoutes } from './paypal/paypal.routes';
import { payproRoutes } from './paypro/paypro.routes';
import { type Sandbox } from './sandbox';
import { Store } from './state/store';

/** Both gateways' bodies are a few kilobytes; a megabyte is a mistake. */
const BODY_LIMIT_BYTES = 1_048_576;
/** A caller that needs longer to send its request has gone. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than a client's pool keeps a socket idle, so that we are not the ones to close it under a request. */
const KEEP_ALIVE_MS = 72_000;

export interface SandboxOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Where the state lives; without it the state is gone with the process. */
  dataFile?: string;
  paypalAccounts: readonly { clientId: string; secret: string }[];
  payproKeys: readonly string[];
  /** How the payer's browser and the links reach the simulator; derived from the address when absent. */
  publicUrl?: string;
  /** Off only where speed counts more than surviving a power cut; a kill is survived either way. */
  fsync?: boolean;
}

export interface RunningSandbox {
  /** `<url>/paypal` and `<url>/paypro` are the base URLs of the gateways. */
  url: string;
  /** Issued the certificate that PayPal's notifications are signed with. */
  paypalCaPem: string;
  close(): Promise<void>;
}

/** Starts both gateways, their pay pages and the control API on one port. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const store = await Store.open(options.dataFile, options.fsync ?? true);
  const signer = await signerOf(store);
  const attempts = new AttemptLog();
  const closing = new AbortController();
  let publicUrl = '';
  const app = buildServer({
    store,
    faults: new FaultList(),
    calls: new CallLog(),
    attempts,
    signer,
    paypalAccounts: new Map(options.paypalAccounts.map((it) => [it.clientId, it.secret])),
    payproKeys: new Set(options.payproKeys),
    publicUrl: () => publicUrl,
    closing: closing.signal,
  });
  try {
    await app.listen({ host: options.host, port: options.port });
  } catch (error) {
    await store.close();
    throw error;
  }
  const url = addressOf(app);
  publicUrl = options.publicUrl?.replace(/\/+$/, '') ?? url;
  const sign = signWith({ signer, publicUrl: () => publicUrl });
  const sender = new Sender({ store, log: attempts, sign });
  sender.start();
  const close = async (): Promise<void> => {
    closing.abort();
    await app.close();
    await sender.close();
    await store.close();
  };
  return { url, paypalCaPem: signer.ca, close };
}

function buildServer(sandbox: Sandbox): FastifyInstance {
  const app = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    // Old PayPal clients put a slash at the end.
    routerOptions: { ignoreTrailingSlash: true },
  });
  // Each gateway has its own words for a bad body, so all bodies arrive as text and are read there.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  register(app, '/paypal', paypalPage(sandbox));
  register(app, '/paypal', paypalRoutes(sandbox));
  register(app, '/paypro', payproPage(sandbox));
  register(app, '/paypro', payproRoutes(sandbox));
  register(app, '/_sandbox', controlRoutes(sandbox));
  return app;
}

/** With a name, which fastify would look for among all modules otherwise (https://fastify.dev/docs/latest/Reference/Plugins/). */
function register(app: FastifyInstance, prefix: string, routes: FastifyPluginCallback): void {
  app.register(Object.assign(routes, { [Symbol.for('fastify.display-name')]: prefix }), { prefix });
}

function addressOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('there is no port');
  // A wildcard is no address to call; the loopback reaches it.
  const host = ['0.0.0.0', '::'].includes(address.address) ? '127.0.0.1' : address.address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
