import { Injectable } from '@nestjs/common';
import { within } from '../../shared/within';
import { type PaymentProvider } from '../payment-provider';

/** A look at a provider is remembered this long, so that nobody can make us flood it. */
const REMEMBER_MS = 10_000;
/** The list waits no longer for a slow provider. */
const WAIT_MS = 3_000;

export interface Health {
  readonly status: 'ok' | 'refused' | 'unreachable';
  readonly detail: string | null;
  readonly checkedAt: Date;
}

/** Whether the providers answer and accept the credentials, asked live and at most every ten seconds. */
@Injectable()
export class ProviderHealth {
  private readonly seen = new Map<
    string,
    { readonly atMs: number; readonly health: Promise<Health> }
  >();

  async of(provider: PaymentProvider): Promise<Health> {
    const known = this.seen.get(provider.account);
    if (known && performance.now() - known.atMs < REMEMBER_MS) return known.health;
    const health = look(provider);
    this.seen.set(provider.account, { atMs: performance.now(), health });
    return health;
  }
}

async function look(provider: PaymentProvider): Promise<Health> {
  const checkedAt = new Date();
  const result = await within(WAIT_MS, provider.check());
  if (result === null) return { status: 'unreachable', detail: 'no answer in time', checkedAt };
  switch (result.outcome) {
    case 'done':
      return { status: 'ok', detail: null, checkedAt };
    case 'refused':
      return { status: 'refused', detail: result.refusal.message, checkedAt };
    case 'not_found':
    case 'not_sent':
    case 'unknown':
      return { status: 'unreachable', detail: result.trouble.message, checkedAt };
  }
}
