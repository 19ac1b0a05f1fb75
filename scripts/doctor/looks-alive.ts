import { textAt } from '../../src/shared/json';

/** A process that works answers within milliseconds; the way there may take a while. */
const ANSWER_TIMEOUT_MS = 5_000;

/** `strange`: something answers, and it is not Kassa. */
export type Liveness = 'alive' | 'strange' | 'silent';

/** Asks `GET /health/live` below an address without a slash at its end. */
export async function looksAlive(baseUrl: string): Promise<Liveness> {
  try {
    const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const answer = await fetch(`${baseUrl}/health/live`, { redirect: 'manual', signal });
    if (answer.status !== 200) return 'strange';
    const body: unknown = await answer.json().catch(() => null);
    return textAt(body, 'status') === 'ok' ? 'alive' : 'strange';
  } catch {
    return 'silent';
  }
}
