import {
  READ_TIMEOUT_MS,
  type ProviderHttp,
  type ProviderRequest,
} from '../../../../src/providers/provider-http';
import { type ProviderReply } from '../../../../src/providers/provider-reply';
import { type AcmeNewCheckout, type AcmeNewReturn } from './acme.wire';

/** Which checkout, and the key by which a repeat of the call is recognised. */
interface KeyedCall {
  readonly id: string;
  readonly key: string;
}

/** Acme's endpoints, one method each. Nothing is repeated here. */
export class AcmeClient {
  constructor(
    private readonly http: Pick<ProviderHttp, 'send'>,
    private readonly apiKey: string,
  ) {}

  createCheckout(checkout: AcmeNewCheckout, key: string): Promise<ProviderReply> {
    const body = JSON.stringify(checkout);
    return this.change({ method: 'POST', path: '/checkouts', purpose: 'create', body }, key);
  }

  getCheckout(id: string): Promise<ProviderReply> {
    return this.read({ path: checkoutPath(id), purpose: 'read' });
  }

  /** Takes the money: Acme calls it collecting. */
  collect({ id, key }: KeyedCall): Promise<ProviderReply> {
    const body = JSON.stringify({ status: 'collected' });
    return this.change({ method: 'PATCH', path: checkoutPath(id), purpose: 'capture', body }, key);
  }

  createReturn({ id, key }: KeyedCall, wish: AcmeNewReturn): Promise<ProviderReply> {
    const path = `${checkoutPath(id)}/returns`;
    const body = JSON.stringify(wish);
    return this.change({ method: 'POST', path, purpose: 'refund', body }, key);
  }

  getReturn(id: string): Promise<ProviderReply> {
    return this.read({ path: `/returns/${encodeURIComponent(id)}`, purpose: 'read_refund' });
  }

  listReturns(id: string): Promise<ProviderReply> {
    return this.read({ path: `${checkoutPath(id)}/returns`, purpose: 'list_refunds' });
  }

  listEvents(since: Date): Promise<ProviderReply> {
    const path = `/events?since=${encodeURIComponent(since.toISOString())}`;
    return this.read({ path, purpose: 'events' });
  }

  getShop(): Promise<ProviderReply> {
    return this.read({ path: '/me', purpose: 'check' });
  }

  private read(call: Pick<ProviderRequest, 'path' | 'purpose'>): Promise<ProviderReply> {
    const headers = { 'Acme-Key': this.apiKey };
    return this.http.send({ method: 'GET', timeoutMs: READ_TIMEOUT_MS, ...call, headers });
  }

  private change(call: Omit<ProviderRequest, 'headers'>, key: string): Promise<ProviderReply> {
    const headers = { 'Acme-Key': this.apiKey, 'Acme-Once': key, 'Content-Type': 'text/json' };
    return this.http.send({ ...call, headers });
  }
}

function checkoutPath(id: string): string {
  return `/checkouts/${encodeURIComponent(id)}`;
}
