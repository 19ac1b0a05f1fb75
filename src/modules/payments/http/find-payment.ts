import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { invalidRequest } from '../../../platform/http/http.errors';
import { readAnyId } from '../../../shared/id';
import { paymentNotFound } from '../payments.errors';
import { isEnded } from '../domain/payment-lifecycle';
import { PaymentChanges } from '../queries/payment-changes';
import { PaymentQueries, type ShownPayment } from '../queries/payment-queries';
import { type FindPaymentQuery } from './find-payment.request';

/** Ids of one payment as a return or cancel page knows them. */
export interface AnyPaymentId {
  readonly payment_id?: string | null;
  readonly token?: string | null;
}

/** Finds the payment that a request is about; one of somebody else does not exist. */
@Injectable()
export class FindPayment {
  constructor(
    private readonly queries: PaymentQueries,
    private readonly changes: PaymentChanges,
  ) {}

  async byId(caller: Caller, text: string): Promise<ShownPayment> {
    const id = readAnyId('pay', text);
    const payment = id === null ? null : await this.queries.find(caller, id);
    if (!payment) throw notFound();
    return payment;
  }

  /** The payment as soon as it has changed, or after the time that the caller would wait for that. */
  async whenChanged(caller: Caller, id: string, query: FindPaymentQuery): Promise<ShownPayment> {
    const payment = await this.byId(caller, id);
    const { wait = '0', known_state = payment.state } = query;
    const isEnd = payment.state === 'paid' || isEnded(payment.state);
    const isOver = isEnd && payment.operation === null;
    if (wait === '0' || isOver || payment.state !== known_state) return payment;
    await this.changes.wait(payment, Number(wait) * 1000);
    return this.byId(caller, id);
  }

  /** All ids that are given must stand for the same payment. */
  async byAnyId(caller: Caller, { payment_id, token }: AnyPaymentId): Promise<ShownPayment> {
    const given = [payment_id, token].filter((text) => text !== undefined && text !== null);
    if (given.length === 0) {
      const detail = 'Send payment_id or token, as they came in the return URL.';
      const errors = [{ pointer: '/payment_id', code: 'required', detail }];
      throw invalidRequest(detail, { errors });
    }
    const found = new Set<string>();
    for (const text of given) {
      const ids = await this.queries.resolve(caller, { id: readAnyId('pay', text), text });
      if (ids.length === 0) throw notFound();
      ids.forEach((id) => found.add(id));
    }
    const [id, ...others] = [...found];
    if (id === undefined) throw notFound();
    if (others.length > 0) {
      throw invalidRequest('The ids belong to different payments. Send our id (pay_…) alone.');
    }
    return this.byId(caller, id);
  }
}

function notFound() {
  return paymentNotFound('There is no payment with this id, or it is not yours.');
}
