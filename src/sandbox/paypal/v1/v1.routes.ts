import { type Dialect, type Handler, type Method } from '../read-call';
import { createPayment } from './create-payment';
import { mockedV1, refuseV1 } from './errors';
import { executePayment } from './execute-payment';
import { getPayment, getRefund, getSale } from './reads';
import { refundSale } from './refund-sale';

/** Payments v1, deprecated and still in use: https://developer.paypal.com/docs/api/payments/v1/ */
export const V1_ROUTES: readonly [Method, string, Handler][] = [
  ['POST', '/v1/payments/payment', createPayment],
  ['GET', '/v1/payments/payment/:id', getPayment],
  ['POST', '/v1/payments/payment/:id/execute', executePayment],
  ['GET', '/v1/payments/sale/:id', getSale],
  ['POST', '/v1/payments/sale/:id/refund', refundSale],
  ['GET', '/v1/payments/refund/:id', getRefund],
];

export const V1_DIALECT: Dialect = {
  maxRequestId: 78,
  badRequestId: () => refuseV1('PAYMENT_REQUEST_ID_INVALID'),
  wrongMediaType: () => refuseV1('UNSUPPORTED_MEDIA_TYPE'),
  malformed: () => refuseV1('MALFORMED_REQUEST'),
  mocked: mockedV1,
};
