import { type Job } from '../../../platform/jobs/jobs';

export const KEEP_IN_STEP = 'keep-customer-in-step';

/** Tells the providers what is known about a customer now; harmless when they know it already. */
export function keepInStepJob(customerId: string): Job {
  return { task: KEEP_IN_STEP, payload: { customer: customerId }, key: `customer:${customerId}` };
}
