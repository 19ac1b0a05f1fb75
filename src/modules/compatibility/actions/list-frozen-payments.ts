import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { PaymentWindows, type WindowedPayment } from '../../payments/payments.facade';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';
import { offsetOf, pageLinks, type PageWish, placeOf } from '../domain/numbered-pages';

export interface ListFrozenPaymentsInput {
  readonly caller: Caller;
  /** The full address of the request, from which those of other pages follow. */
  readonly url: string;
  readonly customerId: string | null;
  readonly wish: PageWish;
}

export interface FrozenPage {
  readonly rows: readonly WindowedPayment[];
  readonly count: number;
  /** The `Link` header. */
  readonly links: string;
}

/** One numbered page of the payments that the caller sees, latest change first. */
@Injectable()
export class ListFrozenPayments {
  constructor(
    private readonly windows: PaymentWindows,
    @Inject(COMPATIBILITY_SETTINGS) private readonly settings: CompatibilitySettings,
  ) {}

  async execute({ caller, url, customerId, wish }: ListFrozenPaymentsInput): Promise<FrozenPage> {
    const numbered = { customerId, offset: offsetOf(wish), limit: wish.size };
    const { count, rows } = await this.windows.list(caller, this.settings, numbered);
    return { rows, count, links: pageLinks(url, placeOf(wish, count)) };
  }
}
