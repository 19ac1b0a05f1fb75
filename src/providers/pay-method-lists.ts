import { Injectable } from '@nestjs/common';
import { within } from '../shared/within';
import { type CallResult } from './provider-call';
import { type PaymentProvider } from './payment-provider';
import { type PayMethodOps, type ProviderPayMethod } from './provider-parts';

/** Limits change by contract, not by the hour; whoever uses an older list would refuse what is allowed by now. */
const REMEMBER_MS = 300_000;
/** After a look without an answer the next one waits this long, so that a provider in trouble slows nobody down. */
const LOOK_AGAIN_MS = 10_000;
/** A new payment waits no longer for the list: the provider judges the amount as well. */
const WAIT_MS = 2_000;

type PayMethodList = readonly ProviderPayMethod[];

/** The last look; null while or where there was no answer. */
interface Look {
  readonly atMs: number;
  readonly list: PayMethodList | null;
}

/** The pay methods of each account: read live, and remembered for a few minutes for those who create payments. */
@Injectable()
export class PayMethodLists {
  private readonly seen = new Map<string, Look>();
  private readonly underWay = new Map<string, Promise<CallResult<PayMethodList>>>();

  /** Asks the provider now. Who comes while a call is out gets its answer, so that nobody can make us flood it. */
  async read(account: string, ops: PayMethodOps): Promise<CallResult<PayMethodList>> {
    const known = this.underWay.get(account);
    if (known) return known;
    const call = this.look(account, ops).finally(() => this.underWay.delete(account));
    this.underWay.set(account, call);
    return call;
  }

  /** What these accounts said lately, by account. One that lists nothing or gives no answer now is left out. */
  async recent(
    providers: readonly Pick<PaymentProvider, 'account' | 'payMethods'>[],
  ): Promise<ReadonlyMap<string, readonly ProviderPayMethod[]>> {
    const found = await Promise.all(
      providers.map(async ({ account, payMethods }) => {
        const list = payMethods ? await this.recentOf(account, payMethods) : null;
        return [account, list] as const;
      }),
    );
    return new Map(found.flatMap(([account, list]) => (list ? [[account, list] as const] : [])));
  }

  private async recentOf(account: string, ops: PayMethodOps): Promise<PayMethodList | null> {
    const known = this.seen.get(account);
    if (known && isFresh(known)) return known.list;
    const result = await within(WAIT_MS, this.read(account, ops));
    const list = result?.outcome === 'done' ? result.value : null;
    // A late answer still replaces this.
    if (list === null) this.seen.set(account, { atMs: performance.now(), list });
    return list;
  }

  private async look(account: string, ops: PayMethodOps): Promise<CallResult<PayMethodList>> {
    const result = await ops.list();
    if (result.outcome === 'done') {
      this.seen.set(account, { atMs: performance.now(), list: result.value });
    }
    return result;
  }
}

function isFresh({ atMs, list }: Look): boolean {
  return performance.now() - atMs < (list === null ? LOOK_AGAIN_MS : REMEMBER_MS);
}
