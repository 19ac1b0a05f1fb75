import { type DynamicModule, Module } from '@nestjs/common';
import { ApproveFrozenPayment } from './actions/approve-frozen-payment';
import { CancelFrozenPayment } from './actions/cancel-frozen-payment';
import { CreateFrozenPayment } from './actions/create-frozen-payment';
import { FindFrozenInvoice } from './actions/find-frozen-invoice';
import { FindFrozenPayment } from './actions/find-frozen-payment';
import { ListFrozenPayments } from './actions/list-frozen-payments';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from './compatibility.settings';
import { DemoShopController } from './demo-shop/demo-shop.controller';
import { DEMO_SHOP_FILES, readDemoShop } from './demo-shop/demo-shop.page';
import { FrozenInvoicesController } from './http/frozen-invoices.controller';
import { FrozenPaymentsController } from './http/frozen-payments.controller';
import { WrongMethodsController } from './http/wrong-methods.controller';

export interface CompatibilityOptions {
  /** Null switches it off: there is no route, and what finds none is told so. */
  readonly settings: CompatibilitySettings | null;
  readonly payments: DynamicModule;
  readonly invoices: DynamicModule;
  /** The key of a demonstration's user, with which the sample shop is served; null where no demonstration runs. */
  readonly demoUserKey: string | null;
}

/** The older API over the same payments: other words, and no life of its own. */
@Module({})
export class CompatibilityModule {
  static with({ settings, payments, invoices, demoUserKey }: CompatibilityOptions): DynamicModule {
    if (settings === null) return { module: CompatibilityModule };
    const shop =
      demoUserKey === null ? null : { userKey: demoUserKey, currency: settings.currency };
    return {
      module: CompatibilityModule,
      imports: [payments, invoices],
      controllers: [
        FrozenPaymentsController,
        FrozenInvoicesController,
        WrongMethodsController,
        ...(shop ? [DemoShopController] : []),
      ],
      providers: [
        { provide: COMPATIBILITY_SETTINGS, useValue: settings },
        FindFrozenInvoice,
        FindFrozenPayment,
        ListFrozenPayments,
        CreateFrozenPayment,
        ApproveFrozenPayment,
        CancelFrozenPayment,
        ...(shop ? [{ provide: DEMO_SHOP_FILES, useFactory: () => readDemoShop(shop) }] : []),
      ],
    };
  }
}
