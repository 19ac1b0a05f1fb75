import { Inject, Injectable } from '@nestjs/common';
import { PaymentWindows, type WindowedPayment } from '../../payments/payments.facade';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';
import { type FrozenPage, frozenPage, type FrozenPageInput } from './frozen-page';

/** One numbered page of the payments that the caller sees, latest change first. */
@Injectable()
export class ListFrozenPayments {
  constructor(
    private readonly windows: PaymentWindows,
    @Inject(COMPATIBILITY_SETTINGS) private readonly settings: CompatibilitySettings,
  ) {}

  execute(input: FrozenPageInput): Promise<FrozenPage<WindowedPayment>> {
    return frozenPage(this.windows, this.settings, input);
  }
}
