import { READ_TIMEOUT_MS, type ProviderHttp, type ProviderRequest } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { type PayproCustomer } from './paypro.customers.wire';
import { type PayproNewMandate } from './paypro.mandates.wire';
import { type PayproNewPayment, type PayproNewRefund } from './paypro.wire';

/** The most that one page holds. See https://docs.paypro.nl/pagination.html */
const PAGE_LIMIT = 100;

/** Which page; without a cursor the first one. It waits no longer than a read and what is left. */
interface PageWish {
  readonly cursor: string | null;
  readonly leftMs: number;
}

/**
 * PayPro's endpoints as they are documented at https://docs.paypro.nl/reference/api. Nothing is repeated
 * here: PayPro has no idempotency keys, so a second POST makes a second object.
 */
export class PayproClient {
  constructor(
    private readonly http: Pick<ProviderHttp, 'send'>,
    private readonly apiKey: string,
  ) {}

  createPayment(payment: PayproNewPayment): Promise<ProviderReply> {
    const body = JSON.stringify(payment);
    return this.send({ method: 'POST', path: '/payments', purpose: 'create', body });
  }

  getPayment(id: string): Promise<ProviderReply> {
    return this.read({ path: paymentPath(id), purpose: 'read' });
  }

  /** Newest first; without a cursor the first page. It waits no longer than a read and what is left. */
  listPayments(cursor: string | null, leftMs: number): Promise<ProviderReply> {
    const timeoutMs = Math.min(READ_TIMEOUT_MS, leftMs);
    return this.read({ path: `/payments?${pageQuery(cursor)}`, purpose: 'find', timeoutMs });
  }

  /** The same for what happened. */
  listEvents(cursor: string | null, leftMs: number): Promise<ProviderReply> {
    const timeoutMs = Math.min(READ_TIMEOUT_MS, leftMs);
    return this.read({ path: `/events?${pageQuery(cursor)}`, purpose: 'events', timeoutMs });
  }

  /** Only a payment in `open` or `initialized` can be canceled; the answer is the payment. */
  cancelPayment(id: string): Promise<ProviderReply> {
    return this.send({ method: 'DELETE', path: paymentPath(id), purpose: 'cancel' });
  }

  createRefund(paymentId: string, refund: PayproNewRefund): Promise<ProviderReply> {
    const path = `${paymentPath(paymentId)}/refunds`;
    return this.send({ method: 'POST', path, purpose: 'refund', body: JSON.stringify(refund) });
  }

  getRefund(id: string): Promise<ProviderReply> {
    return this.read({ path: refundPath(id), purpose: 'read_refund' });
  }

  /** Those of one payment, page by page like its payments. */
  listRefunds(paymentId: string, { cursor, leftMs }: PageWish): Promise<ProviderReply> {
    const timeoutMs = Math.min(READ_TIMEOUT_MS, leftMs);
    const path = `${paymentPath(paymentId)}/refunds?${pageQuery(cursor)}`;
    return this.read({ path, purpose: 'list_refunds', timeoutMs });
  }

  /** Only a refund in `open`, `pending` or `processing` can be canceled; the answer is the refund. */
  cancelRefund(id: string): Promise<ProviderReply> {
    return this.send({ method: 'DELETE', path: refundPath(id), purpose: 'cancel_refund' });
  }

  createCustomer(customer: PayproCustomer): Promise<ProviderReply> {
    const body = JSON.stringify(customer);
    return this.send({ method: 'POST', path: '/customers', purpose: 'create_customer', body });
  }

  /** Fields that are left out stay as they are; the same change twice is one. */
  updateCustomer(id: string, customer: PayproCustomer): Promise<ProviderReply> {
    const body = JSON.stringify(customer);
    return this.send({ method: 'PATCH', path: customerPath(id), purpose: 'update_customer', body });
  }

  getChargeback(id: string): Promise<ProviderReply> {
    const path = `/chargebacks/${encodeURIComponent(id)}`;
    return this.read({ path, purpose: 'read_chargeback' });
  }

  createMandate(mandate: PayproNewMandate): Promise<ProviderReply> {
    const body = JSON.stringify(mandate);
    return this.send({ method: 'POST', path: '/mandates', purpose: 'create_mandate', body });
  }

  getMandate(id: string): Promise<ProviderReply> {
    return this.read({ path: `/mandates/${encodeURIComponent(id)}`, purpose: 'read_mandate' });
  }

  /** Those of one customer, page by page like its payments. */
  listMandates(customerId: string, { cursor, leftMs }: PageWish): Promise<ProviderReply> {
    const timeoutMs = Math.min(READ_TIMEOUT_MS, leftMs);
    const path = `${customerPath(customerId)}/mandates?${pageQuery(cursor)}`;
    return this.read({ path, purpose: 'list_mandates', timeoutMs });
  }

  /** The first page, which holds more than an account has. */
  listWebhooks(): Promise<ProviderReply> {
    return this.read({ path: `/webhooks?${pageQuery(null)}`, purpose: 'webhooks' });
  }

  listPayMethods(purpose: 'check' | 'pay_methods'): Promise<ProviderReply> {
    return this.read({ path: '/pay_methods', purpose });
  }

  private read(call: Omit<ProviderRequest, 'headers' | 'method'>): Promise<ProviderReply> {
    return this.send({ method: 'GET', timeoutMs: READ_TIMEOUT_MS, ...call });
  }

  private send(call: Omit<ProviderRequest, 'headers'>): Promise<ProviderReply> {
    const authorization = { Authorization: `Bearer ${this.apiKey}` };
    const contentType = { 'Content-Type': 'application/json' };
    const headers = call.body === undefined ? authorization : { ...authorization, ...contentType };
    return this.http.send({ ...call, headers });
  }
}

function paymentPath(id: string): string {
  return `/payments/${encodeURIComponent(id)}`;
}

function refundPath(id: string): string {
  return `/refunds/${encodeURIComponent(id)}`;
}

function customerPath(id: string): string {
  return `/customers/${encodeURIComponent(id)}`;
}

function pageQuery(cursor: string | null): string {
  const query = new URLSearchParams({ limit: String(PAGE_LIMIT) });
  if (cursor !== null) query.set('cursor', cursor);
  return query.toString();
}
