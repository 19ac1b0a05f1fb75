import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** A receiver that has not answered by then will not. */
const ANSWER_TIMEOUT_MS = 10_000;

export interface Letter {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Sends the bytes as they are and gives the status of the answer; null when there is none. Each letter has a
 * connection of its own, so that none is lost on one that the receiver has just closed.
 */
export function post({ url, headers, body }: Letter, signal: AbortSignal): Promise<number | null> {
  return new Promise((resolve) => {
    const fail = (): void => resolve(null);
    if (signal.aborted || !URL.canParse(url)) return fail();
    const bytes = Buffer.from(body);
    const request = new URL(url).protocol === 'https:' ? requestHttps : requestHttp;
    const sent = request(url, {
      method: 'POST',
      agent: false,
      signal,
      headers: { ...headers, 'Content-Type': 'application/json', 'Content-Length': bytes.length },
    });
    const timer = setTimeout(() => sent.destroy(new Error('no answer')), ANSWER_TIMEOUT_MS);
    sent.once('close', () => clearTimeout(timer));
    sent.once('response', (response) => {
      // The status is all that counts; what follows it may still fail.
      response.on('error', fail);
      response.resume();
      resolve(response.statusCode ?? null);
    });
    sent.on('error', fail);
    sent.end(bytes);
  });
}
