import { type DynamicModule, Module } from '@nestjs/common';
import { Logger } from '../../platform/logging/log';
import { CustomersModule } from '../customers/customers.module';
import { AdoptPayment } from './actions/adopt-payment';
import { ApplyChargeback } from './actions/apply-chargeback';
import { ApplyNews } from './actions/apply-news';
import { ApplyRefund } from './actions/apply-refund';
import { ApprovePayment } from './actions/approve-payment';
import { CancelRefund } from './actions/cancel-refund';
import { CancelPayment } from './actions/cancel-payment';
import { CarryOut } from './actions/carry-out';
import { CaptureGuards } from './actions/capture-guards';
import { CapturePayment } from './actions/capture-payment';
import { ChangeHold } from './actions/change-hold';
import { CloseConflict } from './actions/close-conflict';
import { CreatePayment } from './actions/create-payment';
import { ExpireVanished } from './actions/expire-vanished';
import { HoldLease } from './actions/hold-lease';
import { JoinUnfinished } from './actions/join-unfinished';
import { LeaveToPerson } from './actions/leave-to-person';
import { LookAtPayment } from './actions/look-at-payment';
import { PayForSubject } from './actions/pay-for-subject';
import { PayerAtProvider } from './actions/payer-at-provider';
import { ReauthorizePayment } from './actions/reauthorize-payment';
import { RecordDecision } from './actions/record-decision';
import { RefreshChargeback } from './actions/refresh-chargeback';
import { RefreshOnRequest } from './actions/refresh-on-request';
import { RefreshPayment } from './actions/refresh-payment';
import { RefreshRefunds } from './actions/refresh-refunds';
import { RefundPayment } from './actions/refund-payment';
import { RefundTurn } from './actions/refund-turn';
import { ReplayCommand } from './actions/replay-command';
import { ReplayRefund } from './actions/replay-refund';
import { ResolveFailed } from './actions/resolve-failed';
import { ResolveLink } from './actions/resolve-link';
import { ResolveOperation } from './actions/resolve-operation';
import { ResolveRefund } from './actions/resolve-refund';
import { ResolveRetry } from './actions/resolve-retry';
import { SendCancel } from './actions/send-cancel';
import { SendCancelRefund } from './actions/send-cancel-refund';
import { SendCapture } from './actions/send-capture';
import { SendCreate } from './actions/send-create';
import { SendHold } from './actions/send-hold';
import { SendOperation } from './actions/send-operation';
import { SettleCapture } from './actions/settle-capture';
import { SettleCharge } from './actions/settle-charge';
import { SettleCreate } from './actions/settle-create';
import { SendRefund } from './actions/send-refund';
import { SettleOperation } from './actions/settle-operation';
import { SettleRefund } from './actions/settle-refund';
import { SettleRefused } from './actions/settle-refused';
import { StartPayment } from './actions/start-payment';
import { ChargebacksController } from './http/chargebacks.controller';
import { ConflictsController } from './http/conflicts.controller';
import { FindChargeback } from './http/find-chargeback';
import { FindPayment } from './http/find-payment';
import { HoldsController } from './http/holds.controller';
import { LedgerController } from './http/ledger.controller';
import { OperationsController } from './http/operations.controller';
import { PaymentsController } from './http/payments.controller';
import { RefundsController } from './http/refunds.controller';
import { RequireAccounts } from './jobs/require-accounts';
import { SweepOperations } from './jobs/sweep-operations.job';
import { WatchChargebacks } from './jobs/watch-chargebacks.job';
import { WatchPayments } from './jobs/watch-payments.job';
import { WatchRefunds } from './jobs/watch-refunds.job';
import { PAYMENTS_SETTINGS, type PaymentsSettings } from './payments.settings';
import { ChargebackQueries } from './queries/chargeback-queries';
import { ConflictQueries } from './queries/conflict-queries';
import { LedgerCheck } from './queries/ledger-check';
import { PaymentGauges } from './queries/payment-gauges';
import { PaymentChanges } from './queries/payment-changes';
import { OperationQueries } from './queries/operation-queries';
import { PaymentQueries } from './queries/payment-queries';
import { PaymentTimeline } from './queries/payment-timeline';
import { PaymentWindows } from './queries/payment-windows';
import { RefundQueries } from './queries/refund-queries';
import { SubjectPayments } from './queries/subject-payments';
import { RefreshChargebackOnNotification } from './reactions/refresh-chargeback-on-notification';
import { RefreshOnNotification } from './reactions/refresh-on-notification';
import { RefreshRefundsOnNotification } from './reactions/refresh-refunds-on-notification';
import { ChargebackLooks } from './storage/chargeback-looks.repository';
import { ChargebacksRepository } from './storage/chargebacks.repository';
import { FactsRepository } from './storage/facts.repository';
import { OperationsRepository } from './storage/operations.repository';
import { PaymentLooks } from './storage/payment-looks.repository';
import { PaymentsRepository } from './storage/payments.repository';
import { RefundLooks } from './storage/refund-looks.repository';
import { RefundsRepository } from './storage/refunds.repository';
import { ReviewsRepository } from './storage/reviews.repository';

export interface PaymentsOptions {
  readonly settings: PaymentsSettings;
  /** Whether this process looks for what was left unfinished. */
  readonly runJobs: boolean;
}

@Module({
  imports: [CustomersModule],
  controllers: [
    PaymentsController,
    HoldsController,
    RefundsController,
    ChargebacksController,
    ConflictsController,
    OperationsController,
    LedgerController,
  ],
  providers: [
    CreatePayment,
    StartPayment,
    PayForSubject,
    PayerAtProvider,
    ApprovePayment,
    CancelPayment,
    CaptureGuards,
    CapturePayment,
    ReauthorizePayment,
    ChangeHold,
    RefreshPayment,
    RefreshOnRequest,
    AdoptPayment,
    ApplyNews,
    ExpireVanished,
    HoldLease,
    CarryOut,
    JoinUnfinished,
    ReplayCommand,
    SendOperation,
    SendCreate,
    SendCapture,
    SendCancel,
    SendHold,
    LeaveToPerson,
    SettleCharge,
    SettleCreate,
    SettleCapture,
    SettleOperation,
    SettleRefused,
    CloseConflict,
    ConflictQueries,
    RecordDecision,
    ResolveOperation,
    ResolveRetry,
    ResolveLink,
    ResolveFailed,
    RefundPayment,
    CancelRefund,
    RefundTurn,
    ReplayRefund,
    SendRefund,
    SendCancelRefund,
    SettleRefund,
    ApplyRefund,
    RefreshRefunds,
    ResolveRefund,
    RefreshRefundsOnNotification,
    WatchRefunds,
    RefundQueries,
    RefundsRepository,
    RefundLooks,
    RequireAccounts,
    LookAtPayment,
    RefreshOnNotification,
    WatchPayments,
    ApplyChargeback,
    RefreshChargeback,
    RefreshChargebackOnNotification,
    WatchChargebacks,
    FindChargeback,
    ChargebackQueries,
    ChargebacksRepository,
    ChargebackLooks,
    FindPayment,
    PaymentChanges,
    PaymentGauges,
    PaymentQueries,
    PaymentTimeline,
    PaymentWindows,
    SubjectPayments,
    PaymentsRepository,
    PaymentLooks,
    OperationsRepository,
    FactsRepository,
    OperationQueries,
    LedgerCheck,
    ReviewsRepository,
  ],
  exports: [
    CreatePayment,
    ApprovePayment,
    CancelPayment,
    CaptureGuards,
    PayForSubject,
    ReplayCommand,
    PaymentWindows,
    LedgerCheck,
    SubjectPayments,
  ],
})
export class PaymentsModule {
  static with({ settings, runJobs }: PaymentsOptions): DynamicModule {
    return {
      module: PaymentsModule,
      providers: [
        { provide: PAYMENTS_SETTINGS, useValue: settings },
        ...(runJobs ? [sweeperOf(settings)] : []),
      ],
    };
  }
}

type SweepParts = [OperationsRepository, SettleOperation, LeaveToPerson, Logger];

function sweeperOf({ SWEEP_INTERVAL_MS }: PaymentsSettings) {
  return {
    provide: SweepOperations,
    inject: [OperationsRepository, SettleOperation, LeaveToPerson, Logger],
    useFactory: (...parts: SweepParts) => new SweepOperations(...parts, SWEEP_INTERVAL_MS),
  };
}
