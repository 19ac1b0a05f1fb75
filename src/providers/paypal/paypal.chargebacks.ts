import { type CallResult } from '../provider-call';
import {
  type ChargebackOps,
  type ProviderChargeback,
  type ProviderRefund,
} from '../provider-parts';
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

const OWN_REFUND = 'own_refund';

const DISPUTE: Reading<PayPalDispute> = {
  object: 'dispute',
  parse: parseDispute,
  issues: DISPUTE_ISSUES,
};

/** How one of PayPal's APIs shows reversals: as refunds. */
export interface Reversals {
  readonly get: (id: string) => Promise<PayPalReply>;
  readonly reading: Reading<PayPalRefund>;
  readonly translate: (refund: PayPalRefund) => ProviderRefund | null;
}

export function reversalsOfV2(client: Pick<PayPalClient, 'getRefund'>): Reversals {
  return {
    get: (id) => client.getRefund(id),
    reading: { object: 'reversal', parse: parseRefund, issues: REFUND_ISSUES },
    translate: (refund) => toRefund(refund),
  };
}

/**
 * What payers get back without the merchant: disputes (https://developer.paypal.com/docs/api/customer-disputes/v1/)
 * and reversals, whose ids do not tell which API knows them.
 */
export class PayPalChargebacks implements ChargebackOps {
  constructor(
    private readonly client: Pick<PayPalClient, 'getDispute'>,
    /** Asked in this order, until one knows the id. */
    private readonly reversals: { readonly first: Reversals; readonly then: Reversals },
  ) {}

  async read(chargebackId: string): Promise<Result> {
    if (DISPUTE_ID.test(chargebackId)) {
      return readDispute(await this.client.getDispute(chargebackId));
    }
    const { first, then } = this.reversals;
    const read = await readReversal(first, chargebackId);
    if (read.outcome !== 'not_found' || read.trouble.code === OWN_REFUND) return read;
    const other = await readReversal(then, chargebackId);
    // Not every account may call both.
    return other.outcome === 'refused' ? read : other;
  }
}

function readDispute(reply: PayPalReply): Result {
  const dispute = outcomeOf(reply, DISPUTE);
  if (dispute.outcome !== 'done') return dispute;
  return shown(dispute.value, fromDispute(dispute.value));
}

/** Whether a refund is the merchant's own is not said; one that bears a reference of ours certainly is. */
async function readReversal(of: Reversals, id: string): Promise<Result> {
  const reply = await of.get(id);
  const reversal = outcomeOf(reply, of.reading);
  if (reversal.outcome !== 'done') return reversal;
  const refund = of.translate(reversal.value);
  if (refund?.reference) return ownRefund(reversal.value);
  const raw = withoutPeople(reply.kind === 'answer' ? reply.body : null);
  return shown(reversal.value, refund && fromReversal(refund, raw));
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
  return { outcome: 'not_found', trouble: { code: OWN_REFUND, message, reference: null } };
}
