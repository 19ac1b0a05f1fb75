import autocannon, { type AutocannonRequest } from 'autocannon';
import { listAt, objectAt, textAt, valueAt } from '../src/shared/json';

/** Longer than any server answers; a request that takes it counts as an error. */
const TIMEOUT_S = 20;
/** How often autocannon looks whether its time is over. */
const SAMPLE_MS = 100;

let keys = 0;

/** A new Idempotency-Key for every request, unique over all load processes. */
function withNewKey(request: AutocannonRequest): AutocannonRequest {
  const key = `bench-${process.pid}-${keys++}`;
  return { ...request, headers: { ...request.headers, 'idempotency-key': key } };
}

function readRequest(value: unknown): AutocannonRequest {
  const path = textAt(value, 'path') ?? '/';
  const body = textAt(value, 'body');
  if (body === null) return { method: 'GET', path };
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', path, body, headers, setupRequest: withNewKey };
}

function numberAt(value: unknown, key: string): number | null {
  const found = valueAt(value, key);
  return typeof found === 'number' ? found : null;
}

async function run(job: unknown): Promise<void> {
  const amount = numberAt(job, 'amount');
  const result = await autocannon({
    url: textAt(job, 'url') ?? '',
    connections: numberAt(job, 'connections') ?? 1,
    ...(amount === null ? { duration: numberAt(job, 'durationS') ?? 1 } : { amount }),
    timeout: TIMEOUT_S,
    sampleInt: SAMPLE_MS,
    headers: { authorization: `Bearer ${textAt(job, 'key') ?? ''}` },
    requests: listAt(job, 'requests').map(readRequest),
  });
  process.send?.({
    durationS: result.duration,
    answered: result['2xx'],
    failed: result.non2xx + result.errors + result.timeouts,
    p99Ms: result.latency.p99,
  });
}

/** Makes the load, in a process of its own, so that it does not slow down the one that watches. */
process.on('message', (message) => {
  run(objectAt(message, 'job')).catch((error: unknown) => {
    process.stderr.write(`load: ${String(error)}\n`);
    process.exit(1);
  });
});
process.once('SIGTERM', () => process.exit(0));
process.once('disconnect', () => process.exit(0));
process.send?.({ listening: 'load' });
