import axios from 'axios';
import { type ApprovePayment } from '../modules/payments/actions/approve-payment';
import { type CancelPayment } from '../modules/payments/actions/cancel-payment';
import { type CreatePayment } from '../modules/payments/actions/create-payment';
import { type RefreshPayment } from '../modules/payments/actions/refresh-payment';
import { type PaymentQueries } from '../modules/payments/queries/payment-queries';
import { type PaymentRow } from '../modules/payments/storage/payment.row';
import { exampleUuids } from '../shared/example-ids';
import { Money } from '../shared/money/money';
import { DEMO_STAFF } from './demo-data-customers';

/** A page that answers slower than this is not there. */
const PAY_PAGE_TIMEOUT_MS = 10_000;

export interface PaymentActions {
  readonly create: CreatePayment;
  readonly approve: ApprovePayment;
  readonly cancel: CancelPayment;
  readonly refresh: RefreshPayment;
  readonly queries: PaymentQueries;
}

type Button = 'pay' | 'decline' | 'cancel';

interface Story {
  readonly id: string;
  readonly provider: 'paypal' | 'paypro';
  readonly minor: bigint;
  readonly description: string;
  /** The button that the payer presses on the pay page. */
  readonly press?: Button;
  readonly then?: 'approve' | 'cancel' | 'refresh';
  readonly customer?: string;
}

const STORIES: readonly Story[] = [
  {
    id: exampleUuids.openPaypal,
    provider: 'paypal',
    minor: 1000n,
    description: 'Order 1001: waits for the payer',
  },
  {
    id: exampleUuids.openPaypro,
    provider: 'paypro',
    minor: 2500n,
    description: 'Order 1002: waits for the payer',
  },
  {
    id: exampleUuids.paidPaypal,
    provider: 'paypal',
    minor: 4999n,
    description: 'Order 1003: paid',
    press: 'pay',
    then: 'approve',
  },
  {
    id: exampleUuids.paidPaypro,
    provider: 'paypro',
    minor: 1250n,
    description: 'Order 1004: paid',
    press: 'pay',
    then: 'approve',
  },
  {
    id: exampleUuids.agreedPaypal,
    provider: 'paypal',
    minor: 750n,
    description: 'Order 1005: agreed, approve takes the money',
    press: 'pay',
    then: 'refresh',
  },
  {
    id: exampleUuids.canceledPaypal,
    provider: 'paypal',
    minor: 1999n,
    description: 'Order 1006: canceled by the shop',
    then: 'cancel',
  },
  {
    id: exampleUuids.canceledPaypro,
    provider: 'paypro',
    minor: 1999n,
    description: 'Order 1007: canceled at the provider',
    then: 'cancel',
  },
  {
    id: exampleUuids.failedPaypro,
    provider: 'paypro',
    minor: 3300n,
    description: 'Order 1008: declined by the bank',
    press: 'decline',
    then: 'refresh',
  },
  {
    id: exampleUuids.otherPayment,
    provider: 'paypal',
    minor: 100n,
    description: 'Order of somebody else',
    customer: exampleUuids.otherCustomer,
  },
];

/** Lives every story through once; a story that was begun before is left as it stands. */
export async function makeDemoPayments(actions: PaymentActions): Promise<void> {
  for (const story of STORIES) {
    if (await actions.queries.find(DEMO_STAFF, story.id)) continue;
    const payment = await start(actions, story);
    if (story.press && payment.checkout_url) await press(story.press, payment.checkout_url);
    await finish(actions, story, payment);
  }
}

async function start({ create }: PaymentActions, story: Story): Promise<PaymentRow> {
  const { payment } = await create.execute({
    caller: DEMO_STAFF,
    idempotency: null,
    id: story.id,
    provider: story.provider,
    customerId: story.customer ?? exampleUuids.customer,
    amount: Money.of(story.minor, 'EUR'),
    description: story.description,
    returnUrl: 'https://shop.example.com/return',
    cancelUrl: 'https://shop.example.com/cancel',
    payMethods: story.provider === 'paypro' ? ['ideal'] : [],
    metadata: {},
    locale: 'en',
    setupMandate: false,
    mandate: null,
    autoApprove: false,
    captureMethod: 'automatic',
  });
  return payment;
}

export async function press(action: Button, page: string): Promise<void> {
  await axios.post(page, new URLSearchParams({ action }), {
    maxRedirects: 0,
    timeout: PAY_PAGE_TIMEOUT_MS,
    proxy: false,
    validateStatus: (status) => status === 303,
  });
}

async function finish(actions: PaymentActions, story: Story, payment: PaymentRow): Promise<void> {
  const command = { caller: DEMO_STAFF, idempotency: null, payment };
  const { subject: actor } = DEMO_STAFF;
  if (story.then === 'approve') {
    await actions.approve.execute({ ...command, payerId: null, token: null });
  } else if (story.then === 'cancel') await actions.cancel.execute(command);
  else if (story.then === 'refresh')
    await actions.refresh.execute({ payment, cause: 'refresh', actor });
}
