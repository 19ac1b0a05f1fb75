import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { parseJson } from '../../src/shared/json';
import { differencesFromDocument } from './openapi-answers';

/** Longer than a joined operation waits (20 s); an answer that takes longer is a failure. */
const ANSWER_TIMEOUT_MS = 30_000;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON; null where the body is empty, undefined where it is no JSON. */
  readonly body: unknown;
  readonly text: string;
}

export interface CallOptions {
  readonly key?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, for bodies that no JSON writer would make. */
  readonly raw?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One request, its path sent as it is written here (`fetch` would tidy hostile paths up). It fails where the answer
 * is not the one that the API document promises.
 */
export async function call(
  { url }: { readonly url: string },
  method: string,
  path: string,
  { key, body, raw, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await send(url, {
    method,
    path,
    payload,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...(payload === undefined ? {} : { 'content-length': String(Buffer.byteLength(payload)) }),
      ...headers,
    },
  });
  heard.push({ url, method, path, answer });
  const differences = differencesFromDocument({ method, path, ...answer });
  if (differences.length > 0) throw new Error(differences.join('\n'));
  return answer;
}

export interface Heard {
  readonly url: string;
  readonly method: string;
  readonly path: string;
  readonly answer: Answer;
}

/** Every answer of this spec file, for promises that hold for all of them. */
let heard: Heard[] = [];

export function answersOf({ url }: { readonly url: string }): readonly Heard[] {
  return heard.filter((one) => one.url === url);
}

/** The system gives the port of a server that ended to another one. */
export function forgetAnswersOf({ url }: { readonly url: string }): void {
  heard = heard.filter((one) => one.url !== url);
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly payload: string | Buffer | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function send(base: string, { method, path, payload, headers }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const body = text === '' ? null : parseJson(text);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, text });
      });
    });
    sent.setTimeout(ANSWER_TIMEOUT_MS, () => {
      sent.destroy(new Error(`${method} ${path}: no answer after ${ANSWER_TIMEOUT_MS} ms`));
    });
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** Looks again and again until it holds, for at most `withinMs`; never a blind pause. */
export async function eventually<T>(
  look: () => Promise<T>,
  holds: (seen: T) => boolean,
  withinMs = 30_000,
): Promise<T> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > endMs) {
      throw new Error(`it did not come about within ${withinMs} ms: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
