import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { readAnyId } from '../../../shared/id';
import { PaymentWindows, type WindowedPayment } from '../../payments/payments.facade';
import { paymentDoesNotExist } from '../compatibility.errors';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';

/** What a return or cancel page knows of a payment: at least one of them. */
export interface GivenIds {
  /** The provider's id, or ours in any spelling. */
  readonly paymentId: string | null;
  readonly token: string | null;
}

/** Finds the payment that a request is about; one of somebody else does not exist. */
@Injectable()
export class FindFrozenPayment {
  constructor(
    private readonly windows: PaymentWindows,
    @Inject(COMPATIBILITY_SETTINGS) private readonly settings: CompatibilitySettings,
  ) {}

  /** Null when the caller sees none with this id. */
  async byId(caller: Caller, text: string): Promise<WindowedPayment | null> {
    const id = readAnyId('pay', text);
    return id === null ? null : this.windows.find(caller, this.settings, id);
  }

  /** Every id must stand for the one same payment: what one names is never paid by what another names. */
  async byGivenIds(caller: Caller, { paymentId, token }: GivenIds): Promise<WindowedPayment> {
    const found = new Set<string | null>();
    for (const text of [paymentId, token]) {
      if (text !== null) found.add(await this.only(caller, text));
    }
    const [id] = found.size === 1 ? [...found] : [];
    const payment = id ? await this.windows.find(caller, this.settings, id) : null;
    if (payment) return payment;
    const named = token === null ? `id ${paymentId}` : `token ${token}`;
    throw paymentDoesNotExist(`Payment with ${named} does not exist`);
  }

  /** Our id of the one payment that the text stands for. */
  private async only(caller: Caller, text: string): Promise<string | null> {
    const key = { id: readAnyId('pay', text), text };
    const ids = await this.windows.resolve(caller, this.settings, key);
    return ids.length === 1 ? (ids[0] ?? null) : null;
  }
}
