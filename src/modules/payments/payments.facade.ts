/** What other modules may use of payments: its commands, its errors, and payments seen through a window. */
export { ApprovePayment } from './actions/approve-payment';
export { CancelPayment } from './actions/cancel-payment';
export { type CommandResult } from './actions/command-result';
export { CreatePayment } from './actions/create-payment';
export { type PaymentState } from './domain/payment-lifecycle';
export { returnUrlProblem } from './domain/return-url';
export {
  customerUnknown,
  invalidState,
  operationGivenUp,
  paymentLost,
  payerMismatch,
} from './payments.errors';
export {
  type LastOperation,
  type PaymentWindow,
  PaymentWindows,
  type WindowedPayment,
} from './queries/payment-windows';
