import { type Job } from '../../../platform/jobs/jobs';
import { type Chain, type DeliveryRound, type Resumption } from '../storage/delivery.row';

/** Sends what comes next for one endpoint and one subject. */
export const SEND_NEXT = 'send-next-webhook';
/** Sends one delivery that was asked for again, whatever its neighbours do. */
export const SEND_AGAIN = 'send-webhook-again';
/** Lets what waits for one endpoint go out now. */
export const RESUME_ENDPOINT = 'resume-webhook-endpoint';

/** Deletes the deliveries of an endpoint that was deleted, and then it. */
export const CLEAR_ENDPOINT = 'clear-webhook-endpoint';

/** Comes before every delivery. */
const NO_DELIVERY_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Requests to one endpoint at the same time, from all processes. One that hangs occupies as many workers, so it
 * has to be few; a queue per endpoint and subject would leave a row behind for each payment there ever was,
 * and each look for a job reads them all.
 */
const LANES = 2;

/** Looks at the chain now. */
export function nextJob(chain: Chain): Job {
  return {
    task: SEND_NEXT,
    payload: { endpoint: chain.endpoint_id, subject: chain.subject_id },
    queue: laneOf(chain),
    key: `webhook:${chain.endpoint_id}:${chain.subject_id}`,
  };
}

/** One job per chain: the queue takes a key only once at a time. */
export function nextJobs(chains: readonly Chain[]): readonly Job[] {
  const jobs = new Map(chains.map(nextJob).map((job) => [job.key, job]));
  return [...jobs.values()];
}

/** Tries a delivery, the first time it was asked for again or once more after a pause. */
export function attemptJob(delivery: DeliveryRound, delayS: number): Job {
  const { id, round, is_ordered } = delivery;
  // A job that waits under a key keeps its time, so what comes sooner needs a key of its own.
  const key = `webhook:${id}:${round}`;
  if (is_ordered) return { ...nextJob(delivery), key, delayS };
  const payload = { delivery: id, round };
  return { task: SEND_AGAIN, payload, queue: laneOf(delivery), key, delayS };
}

/** Lets what waits after a delivery go out, by id; batch after batch, so that no statement is long. */
export function resumeJob(
  from: Pick<Resumption, 'endpointId'> & Partial<Omit<Resumption, 'endpointId'>>,
): Job {
  const { endpointId: endpoint, after = NO_DELIVERY_ID, isDueOnly = false } = from;
  return { task: RESUME_ENDPOINT, payload: { endpoint, after, is_due_only: isDueOnly } };
}

export function clearJob(endpointId: string): Job {
  return { task: CLEAR_ENDPOINT, payload: { endpoint: endpointId } };
}

/** What comes next for deliveries that may go out now. */
export function resumedJobs(waiting: readonly DeliveryRound[]): readonly Job[] {
  const again = waiting.filter(({ is_ordered }) => !is_ordered);
  const ordered = waiting.filter(({ is_ordered }) => is_ordered);
  return [...nextJobs(ordered), ...again.map((one) => attemptJob(one, 0))];
}

/** The last digits of an id are random, so subjects spread evenly, and one subject stays in its lane. */
function laneOf({ endpoint_id, subject_id }: Chain): string {
  const lane = Number.parseInt(subject_id.slice(-4), 16) % LANES;
  return `webhook:${endpoint_id}:${lane}`;
}
