import { Histogram } from 'prom-client';
import { type Metrics } from '../platform/metrics/metrics';
import { type ProviderCallLine } from './provider-http';

/** Providers answer within tenths of a second; a call ends after 15 s. */
const BUCKETS_S = [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 16];

type Counted = Pick<ProviderCallLine, 'account' | 'purpose' | 'outcome' | 'status' | 'durationMs'>;

/** What became of the calls to each account, and how long they took. */
export class ProviderMetrics {
  private readonly calls: Histogram<'account' | 'operation' | 'outcome'>;

  constructor({ registry }: Metrics) {
    this.calls = new Histogram({
      name: 'kassa_provider_call_duration_seconds',
      help:
        'Calls to providers by account, operation and outcome: success (2xx), refused (4xx), failed (5xx), ' +
        'not_sent (certainly), unknown (no usable answer).',
      labelNames: ['account', 'operation', 'outcome'],
      buckets: BUCKETS_S,
      registers: [registry],
    });
  }

  called(call: Counted): void {
    const { account, purpose: operation } = call;
    this.calls.observe({ account, operation, outcome: outcomeOf(call) }, call.durationMs / 1000);
  }
}

function outcomeOf({ outcome, status }: Counted): string {
  if (outcome !== 'answer' || status === null) return outcome;
  if (status >= 500) return 'failed';
  return status >= 400 ? 'refused' : 'success';
}
