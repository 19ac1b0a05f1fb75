import autocannon, { type AutocannonRequest } from 'autocannon';
import { type Delivery, signedDelivery } from './deliveries';
import { listAt, objectAt, textAt, valueAt } from '../src/shared/json';

/** Longer than any server answers; a request that takes it counts as an error. */
const TIMEOUT_S = 20;
/** How often autocannon looks whether its time is over. */
const SAMPLE_MS = 100;

/** Deliveries made before the clock starts, per second: more than any server takes in. */
const PREPARED_PER_S = 6_000;

let keys = 0;

/** A new Idempotency-Key for every request, unique over all load processes. */
function withNewKey(request: AutocannonRequest): AutocannonRequest {
  const key = `bench-${process.pid}-${keys++}`;
  return { ...request, headers: { ...request.headers, 'idempotency-key': key } };
}

/** Another delivery each time; the signing costs the servers no time while there are some left. */
function deliveriesTo(path: string, { secret, count }: { secret: string; count: number }) {
  const prepared = Array.from({ length: count }, () => signedDelivery(secret));
  const next = (): AutocannonRequest => {
    const { body, headers }: Delivery = prepared.pop() ?? signedDelivery(secret);
    return { method: 'POST', path, body, headers: { ...headers } };
  };
  return { ...next(), setupRequest: next };
}

function readRequest(value: unknown, amount: number): AutocannonRequest {
  const path = textAt(value, 'path') ?? '/';
  const secret = textAt(value, 'signedWith');
  if (secret !== null) return deliveriesTo(path, { secret, count: amount });
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
  const durationS = numberAt(job, 'durationS') ?? 1;
  const key = textAt(job, 'key');
  const result = await autocannon({
    url: textAt(job, 'url') ?? '',
    connections: numberAt(job, 'connections') ?? 1,
    ...(amount === null ? { duration: durationS } : { amount }),
    timeout: TIMEOUT_S,
    sampleInt: SAMPLE_MS,
    headers: key === null ? {} : { authorization: `Bearer ${key}` },
    requests: listAt(job, 'requests').map((request) =>
      readRequest(request, amount ?? Math.ceil(durationS * PREPARED_PER_S)),
    ),
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
