import { type ProviderCallLine } from '../../src/providers/provider-http';
import { WatchedHttp } from './openapi-watch';
import { type RefundOps, type RefundOrder } from '../../src/providers/provider-parts';
import { type PaymentProvider } from '../../src/providers/payment-provider';
import { PayPalClient } from '../../src/providers/paypal/paypal.client';
import { type PayPalDialect } from '../../src/providers/paypal/paypal.dialects';
import { PayPalRefunds } from '../../src/providers/paypal/paypal.refunds';
import { PayPalTokens } from '../../src/providers/paypal/paypal.token';
import { V1Client } from '../../src/providers/paypal/v1/v1.client';
import { V1Refunds } from '../../src/providers/paypal/v1/v1.refunds';
import { systemClock } from '../../src/shared/clock';
import { Money } from '../../src/shared/money/money';
import { anOrder, CLIENT_ID, CLIENT_SECRET, done, press } from './paypal.support';

let number = 0;

interface Opening {
  readonly dialect?: PayPalDialect;
  readonly clientSecret?: string;
}

/** Refunds as the adapter makes them, but for a log that we can look into. */
export function openRefunds(
  sandboxUrl: string,
  lines: ProviderCallLine[],
  { clientSecret = CLIENT_SECRET, dialect = 'orders_v2' }: Opening = {},
): RefundOps {
  const http = new WatchedHttp('paypal', { baseUrl: `${sandboxUrl}/paypal` }, (line) =>
    lines.push(line),
  );
  const credentials = { clientId: CLIENT_ID, clientSecret };
  const tokens = new PayPalTokens(http, credentials, systemClock);
  return dialect === 'orders_v2'
    ? new PayPalRefunds(new PayPalClient(http, tokens))
    : new V1Refunds(new V1Client(http, tokens));
}

export interface PaidOrder {
  readonly providerId: string;
  readonly captureId: string;
  readonly amount: Money;
}

/** An order that the payer agreed to, captured by that button of the pay page. */
export async function takeMoney(
  paypal: PaymentProvider,
  { amount = Money.of(1000n, 'EUR'), button = 'pay' } = {},
): Promise<PaidOrder> {
  const order = anOrder({ amount });
  const created = done(await paypal.payments.create(order));
  const { providerId } = created;
  await press(created, button);
  const capture = { providerId, key: `${order.key}-c`, amount };
  const result = await paypal.payments.capture?.(capture);
  const captureId = result && done(result).captures[0]?.captureId;
  if (captureId === undefined) throw new Error('no money was taken');
  return { providerId, captureId, amount };
}

/** A refund of all of it, unless the changes say less. */
export function aRefund(paid: PaidOrder, changes: Partial<RefundOrder> = {}): RefundOrder {
  number += 1;
  return {
    ...paid,
    reference: `ref_contract_${number}`,
    key: `key-r-${number}`,
    description: null,
    reason: null,
    account: null,
    ...changes,
  };
}
