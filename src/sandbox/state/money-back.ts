import { type Dispute } from '../paypal/dispute';
import { type Refund as PayPalRefund } from '../paypal/refund';
import { type Chargeback } from '../paypro/chargeback';
import { type Refund as PayProRefund } from '../paypro/refund';
import { type Change } from './changes.wire';

type MoneyBackChange = Extract<
  Change,
  { kind: 'paypal.refund' | 'paypal.dispute' | 'paypro.refund' | 'paypro.chargeback' }
>;

/** What went back to payers or may, found by its own id and by the money it is of. Only the store changes it. */
export class MoneyBack {
  readonly paypalRefunds = new Map<string, PayPalRefund>();
  readonly disputes = new Map<string, Dispute>();
  readonly payproRefunds = new Map<string, PayProRefund>();
  readonly chargebacks = new Map<string, Chargeback>();
  /** The ids of all of these, by the capture or payment they are of. */
  private readonly idsByOrigin = new Map<string, Set<string>>();

  /** These lists have the oldest first. */
  refundsOfCapture(captureId: string): PayPalRefund[] {
    return this.idsOf(captureId).flatMap((id) => this.paypalRefunds.get(id) ?? []);
  }

  disputesOfCapture(captureId: string): Dispute[] {
    return this.idsOf(captureId).flatMap((id) => this.disputes.get(id) ?? []);
  }

  refundsOfPayment(paymentId: string): PayProRefund[] {
    return this.idsOf(paymentId).flatMap((id) => this.payproRefunds.get(id) ?? []);
  }

  chargebacksOfPayment(paymentId: string): Chargeback[] {
    return this.idsOf(paymentId).flatMap((id) => this.chargebacks.get(id) ?? []);
  }

  keep(change: MoneyBackChange): void {
    const { kind, value } = change;
    switch (kind) {
      case 'paypal.refund':
        this.paypalRefunds.set(value.id, value);
        return this.link(value.captureId, value);
      case 'paypal.dispute':
        this.disputes.set(value.id, value);
        return this.link(value.captureId, value);
      case 'paypro.refund':
        this.payproRefunds.set(value.id, value);
        return this.link(value.payment, value);
      case 'paypro.chargeback':
        this.chargebacks.set(value.id, value);
        return this.link(value.payment, value);
    }
  }

  private idsOf(origin: string): string[] {
    return [...(this.idsByOrigin.get(origin) ?? [])];
  }

  private link(origin: string, { id }: { id: string }): void {
    const ids = this.idsByOrigin.get(origin) ?? new Set();
    this.idsByOrigin.set(origin, ids.add(id));
  }
}
