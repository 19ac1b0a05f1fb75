import { type Clock } from '../../shared/clock';
import { type CallResult } from '../provider-call';
import {
  type ProviderRefund,
  type RefundIds,
  type RefundOps,
  type RefundOrder,
} from '../provider-parts';
import { type PayproClient } from './paypro.client';
import { cancelRefund } from './paypro.cancel';
import { listRefunds } from './paypro.refund-list';
import { toRefundResult } from './paypro.results';
import { missingFields, toNewRefund } from './paypro.refund-translate';

/** The only currency of PayPro. */
const CURRENCY = 'EUR';

/** Money back to the payer: https://docs.paypro.nl/payments/refunds.html */
export class PayproRefunds implements RefundOps {
  /** PayPro recognises no repeat: whoever sends a refund twice refunds twice. */
  readonly repeatMs = 0;

  constructor(
    private readonly client: PayproClient,
    private readonly clock: Clock,
  ) {}

  /** No currency travels with a refund, so one of another currency would go out as so many cents. */
  async refund(order: RefundOrder): Promise<CallResult<ProviderRefund>> {
    if (order.amount.currency !== CURRENCY) return wrongCurrency(order);
    return toRefundResult(await this.client.createRefund(order.providerId, toNewRefund(order)));
  }

  async read({ refundId }: RefundIds): Promise<CallResult<ProviderRefund>> {
    return toRefundResult(await this.client.getRefund(refundId));
  }

  list(providerId: string): Promise<CallResult<readonly ProviderRefund[]>> {
    return listRefunds({ client: this.client, clock: this.clock }, providerId);
  }

  cancel({ refundId }: RefundIds): Promise<CallResult<ProviderRefund>> {
    return cancelRefund(this.client, refundId);
  }

  missing(order: Parameters<NonNullable<RefundOps['missing']>>[0]): readonly string[] {
    return missingFields(order.payMethod, order.account);
  }
}

function wrongCurrency({ amount }: RefundOrder): CallResult<never> {
  const message = `PayPro refunds ${CURRENCY} only, not ${amount.currency}; nothing was sent.`;
  const trouble = { code: 'currency_not_supported', message, reference: null };
  return { outcome: 'refused', refusal: { kind: 'request', ...trouble } };
}
