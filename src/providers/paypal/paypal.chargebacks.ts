import { type CallResult } from '../provider-call';
import { type ChargebackOps, type ProviderChargeback } from '../provider-parts';
import { fromDispute, fromReversal } from './paypal.chargeback-translate';
import { type PayPalClient } from './paypal.client';
import { parseDispute, type PayPalDispute } from './paypal.disputes.wire';
import { withoutPeople } from './paypal.evidence';
import { DISPUTE_ISSUES, REFUND_ISSUES } from './paypal.issues';
import { outcomeOf, type PayPalReply, type Reading } from './paypal.outcome';
import { toRefund } from './paypal.refund-translate';
import { parseRefund, type PayPalRefund } from './paypal.refunds.wire';

type Result = CallResult<ProviderChargeback>;

/** `PP-D-27803`, `PP-R-GSS-10059837`; ids of transactions have no hyphens. */
const DISPUTE_ID = /^PP-/;

const DISPUTE: Reading<PayPalDispute> = {
  object: 'dispute',
  parse: parseDispute,
  issues: DISPUTE_ISSUES,
};

const REVERSAL: Reading<PayPalRefund> = {
  object: 'reversal',
  parse: parseRefund,
  issues: REFUND_ISSUES,
};

/**
 * What payers get back without the merchant: disputes (https://developer.paypal.com/docs/api/customer-disputes/v1/)
 * and reversals, which Payments v2 shows as refunds.
 */
export class PayPalChargebacks implements ChargebackOps {
  constructor(private readonly client: Pick<PayPalClient, 'getDispute' | 'getRefund'>) {}

  async read(chargebackId: string): Promise<Result> {
    return DISPUTE_ID.test(chargebackId)
      ? readDispute(await this.client.getDispute(chargebackId))
      : readReversal(await this.client.getRefund(chargebackId));
  }
}

function readDispute(reply: PayPalReply): Result {
  const dispute = outcomeOf(reply, DISPUTE);
  if (dispute.outcome !== 'done') return dispute;
  return shown(dispute.value, fromDispute(dispute.value));
}

/** Whether a refund is the merchant's own is not said; one that bears a reference of ours certainly is. */
function readReversal(reply: PayPalReply): Result {
  const reversal = outcomeOf(reply, REVERSAL);
  if (reversal.outcome !== 'done') return reversal;
  if (toRefund(reversal.value)?.reference) return ownRefund(reversal.value);
  const raw = withoutPeople(reply.kind === 'answer' ? reply.body : null);
  return shown(reversal.value, fromReversal(reversal.value, raw));
}

function shown(
  { id, status }: Pick<PayPalRefund, 'id' | 'status'>,
  value: ProviderChargeback | null,
): Result {
  if (value) return { outcome: 'done', value };
  const message = `The answer shows ${id} as ${status} without its amount.`;
  return { outcome: 'unknown', trouble: { code: 'answer_incomplete', message, reference: null } };
}

function ownRefund({ id }: PayPalRefund): Result {
  const message = `${id} is a refund that was asked for here and no chargeback.`;
  return { outcome: 'not_found', trouble: { code: 'own_refund', message, reference: null } };
}
