/** What other modules may use of payments: its commands, its errors, and payments as others see them. */
export { conflictsErrors } from './conflicts.errors';
export { reviewsErrors } from './reviews.errors';
export { ApprovePayment } from './actions/approve-payment';
export { CancelPayment } from './actions/cancel-payment';
export { CaptureGuards, type CaptureWish } from './actions/capture-guards';
export { type CommandResult } from './actions/command-result';
export { CreatePayment } from './actions/create-payment';
export {
  PayForSubject,
  type SubjectPaymentInput,
  type SubjectPaymentResult,
} from './actions/pay-for-subject';
export { ReplayCommand } from './actions/replay-command';
export { inProgressFor } from './actions/start-payment';
export { type PaymentState } from './domain/payment-lifecycle';
export { returnUrlProblem } from './domain/return-url';
export { answerCommand } from './http/answer-command';
export { chargebackEvents } from './http/chargeback-events.docs';
export { paymentEvents } from './http/payment-events.docs';
export { paymentExamples } from './http/payment.examples';
export { AMOUNT_MAX, CreatePaymentRequest } from './http/payment.requests';
export { PaymentResponse } from './http/payment.response';
export { refundEvents } from './http/refund-events.docs';
export { create as createDocumentation } from './http/payments.docs';
export {
  customerRequired,
  customerUnknown,
  invalidState,
  mandateNotApproved,
  mandateUnknown,
  operationGivenUp,
  paymentInProgress,
  paymentLost,
  paymentNotFound,
  subjectSettled,
} from './payments.errors';
export { type Misbooked } from './queries/booked-amounts';
export { LedgerCheck } from './queries/ledger-check';
export {
  type LastOperation,
  PaymentWindows,
  type WindowedPayment,
} from './queries/payment-windows';
export { checkoutUrlOf } from './queries/payment.view';
export {
  type PaymentBalance,
  PAYMENTS_OF_SUBJECTS,
  SubjectPayments,
} from './queries/subject-payments';
