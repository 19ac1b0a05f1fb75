import { Injectable } from '@nestjs/common';
import { type CallResult, troubleIn } from '../../../providers/provider-call';
import { type ProviderChargeback } from '../../../providers/provider-parts';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { providerAccountProblem, providerUnavailable } from '../../../providers/providers.errors';
import { ChargebackQueries, type ChargebackThere } from '../queries/chargeback-queries';
import { StaleWriteError } from '../storage/payments.repository';
import { ApplyChargeback } from './apply-chargeback';

export interface RefreshChargebackInput extends ChargebackThere {
  readonly cause: 'notification' | 'watch';
  readonly actor: string;
}

/** `applied`: what the provider shows is what we hold, be it as a refund. `unmatched`: it shows nothing that is ours. */
export type RefreshedChargeback =
  | { readonly outcome: 'applied' }
  /** The provider has no chargebacks. */
  | { readonly outcome: 'ignored' }
  | { readonly outcome: 'unmatched'; readonly reason: string };

/** Somebody else applied other news in between; three times in a row is no coincidence and left for later. */
const ROUNDS_MAX = 3;
/** Seconds after which a provider that gave no answer is worth another try. */
const RETRY_AFTER_S = 5;

/** The one door for news of chargebacks: asks the provider and applies what it says. */
@Injectable()
export class RefreshChargeback {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly queries: ChargebackQueries,
    private readonly apply: ApplyChargeback,
  ) {}

  /** Throws `provider_unavailable` when the provider gives no usable answer; nothing was changed then. */
  async execute(input: RefreshChargebackInput): Promise<RefreshedChargeback> {
    const part = this.registry.get(input.account).chargebacks;
    if (!part) return { outcome: 'ignored' };
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const seenVersion = await this.queries.versionOf(input);
      const shown = readAnswer(input, await part.read(input.chargebackId));
      if (!shown) return unmatched('The provider knows no such chargeback.');
      const payment = await this.queries.paymentOf({ ...shown, account: input.account });
      if (!payment) return unmatched('No payment of this account is what it takes money from.');
      const { cause, actor } = input;
      const applied = await this.apply.execute({ payment, shown, seenVersion, cause, actor });
      if (applied !== 'overtaken') return { outcome: 'applied' };
    }
    throw new StaleWriteError(`the chargeback ${input.chargebackId} keeps changing`);
  }
}

/** Null when there is none; an answer about another one is no answer. */
function readAnswer(
  { account, chargebackId }: ChargebackThere,
  result: CallResult<ProviderChargeback>,
): ProviderChargeback | null {
  if (result.outcome === 'done') {
    if (result.value.chargebackId === chargebackId) return result.value;
    throw providerUnavailable('The provider answered with another chargeback.', {
      retryAfterS: RETRY_AFTER_S,
    });
  }
  if (result.outcome === 'not_found') return null;
  const provider = { name: account, ...troubleIn(result) };
  if (result.outcome === 'refused') {
    const detail = `The account ${account} at the provider needs attention (${provider.code}).`;
    throw providerAccountProblem(detail, { provider });
  }
  const detail = `The provider gave no usable answer (${provider.code}). Nothing was changed.`;
  throw providerUnavailable(detail, { provider, retryAfterS: RETRY_AFTER_S });
}

function unmatched(reason: string): RefreshedChargeback {
  return { outcome: 'unmatched', reason };
}
