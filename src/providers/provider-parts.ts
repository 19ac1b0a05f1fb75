import { type Money } from '../shared/money/money';
import { type CallResult } from './provider-call';

/** Money back to the payer. */
export interface RefundOps {
  refund(order: RefundOrder): Promise<CallResult<ProviderRefund>>;
  read(refundId: string): Promise<CallResult<ProviderRefund>>;
  cancel?(refundId: string): Promise<CallResult<ProviderRefund>>;
}

export interface RefundOrder {
  readonly providerId: string;
  /** The capture that the money was taken by. */
  readonly captureId: string;
  readonly key: string;
  readonly amount: Money;
  readonly description: string | null;
  readonly reason: string | null;
  /** Where the money goes when the pay method does not say: Bancontact and cards at PayPro. */
  readonly account: { readonly holderName: string; readonly iban: string | null } | null;
}

export interface ProviderRefund {
  readonly refundId: string;
  readonly state: 'pending' | 'refunded' | 'failed' | 'canceled' | 'unknown';
  readonly providerState: string;
  readonly amount: Money;
}

/** Standing permissions to charge a customer without a redirect. */
export interface MandateOps {
  create(order: MandateOrder): Promise<CallResult<ProviderMandate>>;
  list(providerCustomer: string): Promise<CallResult<readonly ProviderMandate[]>>;
}

export interface MandateOrder {
  readonly providerCustomer: string;
  readonly iban: string;
  readonly accountHolderName: string;
}

export interface ProviderMandate {
  readonly mandateId: string;
  readonly state: 'pending' | 'approved' | 'unknown';
  readonly payMethod: string;
}

/** Customers, where the provider keeps some of its own. */
export interface CustomerOps {
  create(details: CustomerDetails): Promise<CallResult<{ readonly providerCustomer: string }>>;
  update(providerCustomer: string, details: CustomerDetails): Promise<CallResult<null>>;
}

export interface CustomerDetails {
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly companyName: string | null;
  readonly address: string | null;
  readonly postal: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly vatNumber: string | null;
  readonly phoneNumber: string | null;
}

/** What the provider tells us. A verified body is a hint about which payment to ask for, nothing more. */
export interface NotificationOps {
  verify(delivery: RawNotification): Promise<CallResult<VerifiedNotification>>;
}

export interface RawNotification {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface VerifiedNotification {
  readonly eventId: string;
  readonly eventType: string;
  /** The provider's ids that the event is about. */
  readonly providerIds: readonly string[];
}
