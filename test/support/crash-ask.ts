import { Agent, request } from 'node:http';
import { parseJson } from '../../src/shared/json';

/** Longer than any request may take: a command waits 20 s for another one, and then says that nobody knows. */
const ANSWER_TIMEOUT_MS = 35_000;

/** Every client of a run sends several requests at once. */
const agent = new Agent({ keepAlive: true, maxSockets: 512 });

export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly key?: string;
  readonly idempotencyKey?: string;
  readonly body?: object | undefined;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** One request over HTTP. Unlike the calls of other tests it is not remembered: a long run makes millions. */
export function askOnce(base: string, question: Question): Promise<Reply> {
  const { method, path, key, idempotencyKey, body } = question;
  const payload = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    ...(payload === '' ? {} : { 'content-type': 'application/json' }),
    'content-length': Buffer.byteLength(payload),
  };
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, base), { agent, method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, body: parseJson(text) ?? null });
      });
    });
    sent.setTimeout(ANSWER_TIMEOUT_MS, () => sent.destroy(new NoAnswer(method, path)));
    sent.on('error', reject);
    sent.end(payload);
  });
}

/** The server kept the connection and said nothing, which is worse than losing it. */
export class NoAnswer extends Error {
  constructor(method: Question['method'], path: string) {
    super(`${method} ${path}: no answer within ${ANSWER_TIMEOUT_MS} ms`);
  }
}
