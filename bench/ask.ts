import { parseJson } from '../src/shared/json';

/** None of the servers needs so long for anything that is asked outside of the load. */
const ANSWER_TIMEOUT_MS = 20_000;

let keys = 0;

/** One POST with an Idempotency-Key of its own; throws unless it is a success. */
export async function post(url: string, body: object, key?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `bench-${process.pid}-${keys++}`,
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  const text = await answer.text();
  if (answer.ok) return parseJson(text);
  throw new Error(`POST ${url} was answered with ${answer.status}: ${text}`);
}

/** Looks again until it holds; `pauseMs` lies between two looks. */
export async function until(
  holds: () => Promise<boolean>,
  wanted: { readonly what: string; readonly pauseMs: number; readonly withinMs: number },
): Promise<void> {
  const endMs = performance.now() + wanted.withinMs;
  while (!(await holds())) {
    if (performance.now() > endMs) {
      throw new Error(`${wanted.what} did not happen within ${wanted.withinMs / 1000} s`);
    }
    await new Promise((resolve) => setTimeout(resolve, wanted.pauseMs));
  }
}
