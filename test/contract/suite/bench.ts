import {
  type CaptureOrder,
  type CreateOrder,
  type PaymentProvider,
  type ProviderPayment,
} from '../../../src/providers/payment-provider';
import { type CallResult } from '../../../src/providers/provider-call';
import { type ProviderCallLine } from '../../../src/providers/provider-http';
import {
  type ProviderRefund,
  type RefundOps,
  type RefundOrder,
} from '../../../src/providers/provider-parts';
import {
  type GatewayUnderContract,
  openProvider,
  type RunningGateway,
  type Settings,
} from './gateway';

/** A payment with what it was asked by. */
export interface MadePayment {
  readonly order: CreateOrder;
  readonly created: ProviderPayment;
  readonly capture: CaptureOrder;
}

/** What the sentences of the contract work with: a running gateway, and an adapter that is new for every test. */
export class ContractBench {
  readonly lines: ProviderCallLine[] = [];
  private running: RunningGateway | null = null;
  private opened: PaymentProvider | null = null;
  private number = 0;

  constructor(readonly subject: GatewayUnderContract) {}

  async start(): Promise<void> {
    this.running = await this.subject.start();
  }

  /** A fresh adapter, so that no test meets the circuit breaker of another. */
  async renew(): Promise<void> {
    this.opened = this.open();
    await this.gateway.reset();
  }

  async close(): Promise<void> {
    await this.running?.close();
  }

  get gateway(): RunningGateway {
    if (!this.running) throw new Error('The gateway does not run.');
    return this.running;
  }

  get provider(): PaymentProvider {
    if (!this.opened) throw new Error('The adapter was not built.');
    return this.opened;
  }

  get refunds(): RefundOps {
    const { refunds } = this.provider;
    if (!refunds) throw new Error('The adapter has no refunds.');
    return refunds;
  }

  open(settings: Settings = {}): PaymentProvider {
    return openProvider(this.subject, {
      settings: { ...this.gateway.settings, ...settings },
      log: (line) => this.lines.push(line),
    });
  }

  /** An order with a reference and a key that no other has. */
  order(changes: Partial<CreateOrder> = {}): CreateOrder {
    const reference = `pay_contract${++this.number}t${Date.now()}`;
    return {
      reference,
      key: `v1.${reference}.create`,
      amount: this.subject.amount,
      captureMethod: 'automatic',
      description: 'Two chairs',
      returnUrl: 'https://shop.example/thanks',
      cancelUrl: 'https://shop.example/cart',
      payMethods: this.subject.payMethods,
      metadata: {},
      providerCustomer: null,
      mandate: null,
      setupMandate: false,
      locale: 'nl-NL',
      ...changes,
    };
  }

  async create(changes: Partial<CreateOrder> = {}): Promise<MadePayment> {
    const order = this.order(changes);
    const created = done(await this.provider.payments.create(order));
    const { providerId } = created;
    return { order, created, capture: { providerId, key: `${order.key}.c`, amount: order.amount } };
  }

  async read({ providerId }: ProviderPayment): Promise<ProviderPayment> {
    return done(await this.provider.payments.read(providerId));
  }

  /** Where the payer's own act moves the money, there is nothing to capture: it is read back. */
  async capture({ capture, created }: MadePayment): Promise<CallResult<ProviderPayment>> {
    const { payments, capabilities } = this.provider;
    if (capabilities.approve === 'read_back') return payments.read(created.providerId);
    if (!payments.capture) throw new Error('The adapter cannot capture.');
    return payments.capture(capture);
  }

  /** A payment whose money the gateway has. */
  async pay(changes: Partial<CreateOrder> = {}): Promise<MadePayment & { paid: ProviderPayment }> {
    const made = await this.create(changes);
    await this.gateway.press(made.created, 'pay');
    return { ...made, paid: done(await this.capture(made)) };
  }

  async cancel({ providerId }: ProviderPayment): Promise<CallResult<ProviderPayment>> {
    const { payments } = this.provider;
    if (!payments.cancel) throw new Error('The adapter cannot cancel.');
    return payments.cancel({ providerId, key: `${providerId}.cancel` });
  }

  /** Of all of it, unless the changes say less. */
  refundOrder(paid: ProviderPayment, changes: Partial<RefundOrder> = {}): RefundOrder {
    const reference = `ref_contract${++this.number}t${Date.now()}`;
    const [capture] = paid.captures;
    if (!capture) throw new Error('No money was taken, so none can be refunded.');
    return {
      reference,
      providerId: paid.providerId,
      captureId: capture.captureId,
      key: `v1.${reference}.refund`,
      amount: capture.amount,
      description: null,
      reason: null,
      account: null,
      ...changes,
    };
  }

  /** The refund after it had the time that it needs. */
  async settled(refund: ProviderRefund, providerId: string): Promise<ProviderRefund> {
    if (refund.state === 'pending') await this.gateway.settleRefund?.(refund.refundId);
    return done(await this.refunds.read({ refundId: refund.refundId, providerId }));
  }
}

export function done<T>(result: CallResult<T>): T {
  if (result.outcome !== 'done') throw new Error(`not done: ${JSON.stringify(result)}`);
  return result.value;
}
