import { type DynamicModule, Module } from '@nestjs/common';
import { ApproveFrozenPayment } from './actions/approve-frozen-payment';
import { CancelFrozenPayment } from './actions/cancel-frozen-payment';
import { CreateFrozenPayment } from './actions/create-frozen-payment';
import { FindFrozenPayment } from './actions/find-frozen-payment';
import { ListFrozenPayments } from './actions/list-frozen-payments';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from './compatibility.settings';
import { FrozenPaymentsController } from './http/frozen-payments.controller';
import { WrongMethodsController } from './http/wrong-methods.controller';

/** The older API over the same payments: other words, and no life of its own. */
@Module({})
export class CompatibilityModule {
  /** Without settings it is switched off: there is no route, and what finds none is told so. */
  static with(settings: CompatibilitySettings | null, payments: DynamicModule): DynamicModule {
    if (settings === null) return { module: CompatibilityModule };
    return {
      module: CompatibilityModule,
      imports: [payments],
      controllers: [FrozenPaymentsController, WrongMethodsController],
      providers: [
        { provide: COMPATIBILITY_SETTINGS, useValue: settings },
        FindFrozenPayment,
        ListFrozenPayments,
        CreateFrozenPayment,
        ApproveFrozenPayment,
        CancelFrozenPayment,
      ],
    };
  }
}
