import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type RawNotification } from '../../../src/providers/provider-parts';
import { parseJson, valueAt } from '../../../src/shared/json';
import { numberOf } from '../../support/read';
import { type GatewayCall, type Mischief, type RunningGateway } from '../suite/gateway';
import { TOO_LATE_MS } from '../suite/patience';
import { type AcmeAnswer, AcmeBooks } from './acme-books';

export const ACME_KEY = 'acme-key-that-nobody-may-see';

const STATUS_OF: Partial<Record<Mischief, number>> = {
  error_before: 503,
  error_after: 500,
  rate_limit: 429,
};

/**
 * A gateway that does not exist, with manners of its own: decimal text on the way in and whole cents on the way out, no
 * way to cancel, words that nobody else uses, and signatures by a key pair instead of a secret.
 */
export class AcmeGateway implements RunningGateway {
  private readonly keys = generateKeyPairSync('ed25519');
  private readonly ledger = new AcmeBooks();
  private readonly mischief = new Map<GatewayCall, Mischief>();
  private readonly seen: GatewayCall[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.serve(request, response);
    });
  }

  static async start(): Promise<AcmeGateway> {
    const gateway = new AcmeGateway();
    await new Promise<void>((resolve) => gateway.server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${numberOf(this.server.address(), 'port')}`;
  }

  get settings() {
    const publicKey = this.keys.publicKey.export({ type: 'spki', format: 'der' });
    return { BASE_URL: this.url, WEBHOOK_KEY: publicKey.toString('base64') };
  }

  reset(): Promise<void> {
    this.mischief.clear();
    this.seen.length = 0;
    return Promise.resolve();
  }

  misbehave(call: GatewayCall, mischief: Mischief): Promise<void> {
    this.mischief.set(call, mischief);
    return Promise.resolve();
  }

  arrived(call: GatewayCall): Promise<number> {
    return Promise.resolve(this.seen.filter((one) => one === call).length);
  }

  async press({ checkoutUrl }: { readonly checkoutUrl: string | null }, button: 'pay' | 'decline') {
    const page = await fetch(checkoutUrl ?? '', { method: 'POST', body: button });
    if (!page.ok) throw new Error(`the page answered ${page.status} to ${button}`);
  }

  books(id: string) {
    return Promise.resolve(this.ledger.moneyOf(id));
  }

  heldFor(reference: string): Promise<number> {
    return Promise.resolve(this.ledger.heldFor(reference));
  }

  /** Everything that it told about the checkout, signed as it sends it. */
  told({ providerId }: { readonly providerId: string }): Promise<readonly RawNotification[]> {
    const events = this.ledger.events.filter(({ checkout }) => checkout === providerId);
    const deliveries = events.map((event) => {
      const body = Buffer.from(JSON.stringify(event));
      const signature = sign(null, body, this.keys.privateKey).toString('base64');
      return { body, headers: { 'acme-proof': signature } };
    });
    return Promise.resolve(deliveries);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const text = await readAll(request);
    if (url.startsWith('/page/')) {
      const isDone = this.ledger.press(url.slice('/page/'.length), text);
      response.writeHead(isDone ? 204 : 404).end();
      return;
    }
    if (request.headers['acme-key'] !== ACME_KEY) {
      respond(response, { status: 401, body: { problem: 'unknown_key' } });
      return;
    }
    const call = callOf(method, url);
    if (call) this.seen.push(call);
    const mischief = call && this.mischief.get(call);
    if (call) this.mischief.delete(call);
    const key = String(request.headers['acme-once'] ?? '');
    const work = () =>
      this.ledger.answer({
        method,
        path: url,
        body: parseJson(text),
        key,
        page: `${this.url}/page/`,
      });
    if (mischief) misbehave(response, mischief, work);
    else respond(response, work());
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

function callOf(method: string, path: string): GatewayCall | null {
  if (method === 'POST') return path === '/checkouts' ? 'create' : 'refund';
  if (method === 'PATCH') return 'capture';
  return /^\/checkouts\/[^/]+$/.test(path) ? 'read' : null;
}

function misbehave(response: ServerResponse, mischief: Mischief, work: () => AcmeAnswer): void {
  if (mischief === 'drop_before') {
    response.destroy();
    return;
  }
  const status = STATUS_OF[mischief];
  if (mischief === 'error_before' || mischief === 'rate_limit') {
    const headers = mischief === 'rate_limit' ? { 'retry-after': '7' } : {};
    response.writeHead(status ?? 500, headers).end('{}');
    return;
  }
  const done = work();
  if (mischief === 'drop_after') response.destroy();
  else if (mischief === 'garbage') response.writeHead(200).end('<p>The proxy lost its way');
  else if (mischief === 'delay') setTimeout(() => respond(response, done), TOO_LATE_MS).unref();
  else if (status !== undefined) respond(response, { ...done, status });
  else respond(response, { ...done, body: distorted(done.body, mischief) });
}

function respond(response: ServerResponse, { status, body }: AcmeAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', 'acme-call': 'c-17' });
  response.end(JSON.stringify(body));
}

/** The same answer with one cent more, or with a word that no documentation mentions. */
function distorted(body: object, mischief: Mischief): object {
  if (mischief === 'unknown_state') return { ...body, status: 'brand_new' };
  return { ...body, cents: Number(valueAt(body, 'cents')) + 1 };
}
