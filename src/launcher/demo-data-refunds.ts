import { type RefundPayment } from '../modules/payments/actions/refund-payment';
import { type PaymentQueries } from '../modules/payments/queries/payment-queries';
import { type RefundQueries } from '../modules/payments/queries/refund-queries';
import { exampleUuids } from '../shared/example-ids';
import { Money } from '../shared/money/money';
import { DEMO_STAFF } from './demo-data-customers';

export interface RefundActions {
  readonly refund: RefundPayment;
  readonly payments: PaymentQueries;
  readonly refunds: RefundQueries;
}

/** At PayPal money goes back at once; at PayPro it is under way until the simulator is told otherwise. */
const STORIES = [
  { id: exampleUuids.refund, payment: exampleUuids.paidPaypal, minor: 500n },
  { id: exampleUuids.pendingRefund, payment: exampleUuids.paidPaypro, minor: 250n },
];

/** Gives parts of two paid payments back; what was made before is left as it stands. */
export async function makeDemoRefunds({ refund, payments, refunds }: RefundActions): Promise<void> {
  for (const { id, payment, minor } of STORIES) {
    if (await refunds.find(DEMO_STAFF, id)) continue;
    await refund.execute({
      caller: DEMO_STAFF,
      idempotency: null,
      id,
      payment: await payments.get(payment),
      amount: Money.of(minor, 'EUR'),
      description: 'One mug was broken',
      reason: 'Broken on arrival',
      account: null,
    });
  }
}
