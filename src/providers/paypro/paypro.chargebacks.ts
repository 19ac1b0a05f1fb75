import { isCurrency } from '../../shared/money/currency';
import { Money } from '../../shared/money/money';
import { type CallResult } from '../provider-call';
import { type ChargebackOps, type ProviderChargeback } from '../provider-parts';
import { readChargeback, type PayproChargeback } from './paypro.chargebacks.wire';
import { type PayproClient } from './paypro.client';
import { toResult } from './paypro.outcome';

/** Only `completed` is documented: the money is gone. The other two are what its lifecycle needs besides. */
const STATES: ReadonlyMap<string, ProviderChargeback['state']> = new Map([
  ['pending', 'open'],
  ['completed', 'lost'],
  ['reversed', 'won'],
]);

/** Money that a payer had their bank take back: https://docs.paypro.nl/reference/api/chargebacks */
export class PayproChargebacks implements ChargebackOps {
  constructor(private readonly client: Pick<PayproClient, 'getChargeback'>) {}

  async read(chargebackId: string): Promise<CallResult<ProviderChargeback>> {
    const result = toResult(await this.client.getChargeback(chargebackId), readChargeback);
    return result.outcome === 'done' ? toProviderChargeback(result.value) : result;
  }
}

/** An answer without an amount says nothing certain about money. */
export function toProviderChargeback(chargeback: PayproChargeback): CallResult<ProviderChargeback> {
  const amount = toMoney(chargeback);
  if (amount === null) {
    const message = `The answer shows ${chargeback.id} as ${chargeback.state} without its amount.`;
    const trouble = { code: 'answer_incomplete', message, reference: null };
    return { outcome: 'unknown', trouble };
  }
  const state = STATES.get(chargeback.state) ?? 'unknown';
  const value: ProviderChargeback = {
    chargebackId: chargeback.id,
    state,
    providerState: chargeback.state,
    amount,
    taken: takenBy(state, amount),
    paymentId: chargeback.payment,
    // PayPro knows no captures: the payment itself is the one that took the money.
    captureIds: [],
    reason: chargeback.reason,
    createdAt: chargeback.created_at,
    raw: chargeback.raw,
  };
  return { outcome: 'done', value };
}

/** PayPro takes the money when a chargeback is completed, and gives it back when that is reversed. */
function takenBy(state: ProviderChargeback['state'], amount: Money): Money | null {
  if (state === 'unknown') return null;
  return state === 'lost' ? amount : Money.zero(amount.currency);
}

function toMoney({ amount, currency }: PayproChargeback): Money | null {
  if (amount === null || currency === null || !isCurrency(currency)) return null;
  return Money.of(amount, currency);
}
