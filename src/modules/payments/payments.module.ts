import { type DynamicModule, Module } from '@nestjs/common';
import { Logger } from '../../platform/logging/log';
import { CustomersModule } from '../customers/customers.module';
import { ApplyNews } from './actions/apply-news';
import { ApprovePayment } from './actions/approve-payment';
import { CancelPayment } from './actions/cancel-payment';
import { CreatePayment } from './actions/create-payment';
import { ExpireVanished } from './actions/expire-vanished';
import { HoldLease } from './actions/hold-lease';
import { JoinUnfinished } from './actions/join-unfinished';
import { RefreshOnRequest } from './actions/refresh-on-request';
import { RefreshPayment } from './actions/refresh-payment';
import { ReplayCommand } from './actions/replay-command';
import { SendCancel } from './actions/send-cancel';
import { SendCapture } from './actions/send-capture';
import { SendCreate } from './actions/send-create';
import { SendOperation } from './actions/send-operation';
import { SettleOperation } from './actions/settle-operation';
import { SettleRefused } from './actions/settle-refused';
import { FindPayment } from './http/find-payment';
import { PaymentsController } from './http/payments.controller';
import { RequireAccounts } from './jobs/require-accounts';
import { SweepOperations } from './jobs/sweep-operations.job';
import { PAYMENTS_SETTINGS, type PaymentsSettings } from './payments.settings';
import { PaymentQueries } from './queries/payment-queries';
import { PaymentTimeline } from './queries/payment-timeline';
import { FactsRepository } from './storage/facts.repository';
import { OperationsRepository } from './storage/operations.repository';
import { PaymentsRepository } from './storage/payments.repository';

@Module({
  imports: [CustomersModule],
  controllers: [PaymentsController],
  providers: [
    CreatePayment,
    ApprovePayment,
    CancelPayment,
    RefreshPayment,
    RefreshOnRequest,
    ApplyNews,
    ExpireVanished,
    HoldLease,
    JoinUnfinished,
    ReplayCommand,
    SendOperation,
    SendCreate,
    SendCapture,
    SendCancel,
    SettleOperation,
    SettleRefused,
    RequireAccounts,
    FindPayment,
    PaymentQueries,
    PaymentTimeline,
    PaymentsRepository,
    OperationsRepository,
    FactsRepository,
    {
      provide: SweepOperations,
      inject: [OperationsRepository, SettleOperation, Logger, PAYMENTS_SETTINGS],
      useFactory: (
        operations: OperationsRepository,
        settle: SettleOperation,
        log: Logger,
        settings: PaymentsSettings,
      ) => new SweepOperations(operations, settle, log, settings.SWEEP_INTERVAL_MS),
    },
  ],
})
export class PaymentsModule {
  static with(settings: PaymentsSettings): DynamicModule {
    return {
      module: PaymentsModule,
      providers: [{ provide: PAYMENTS_SETTINGS, useValue: settings }],
    };
  }
}
