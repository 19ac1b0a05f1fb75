import { type OpenAPIObject } from '@nestjs/swagger';
import { operationsOf } from './platform/openapi/operations';
import { providerSupport, type ProviderAbility } from './providers/provider-support';

/** What operations that call a provider ask of it. */
const ASKED: Readonly<Record<string, ProviderAbility>> = {
  createPayment: 'payments',
  approvePayment: 'approve',
  approveAnyPayment: 'approve',
  cancelPayment: 'cancel',
  cancelAnyPayment: 'cancel',
  refreshPayment: 'payments',
  capturePayment: 'holds',
  reauthorizePayment: 'holds',
  refundPayment: 'refunds',
  cancelRefund: 'cancelRefund',
  resolveOperation: 'payments',
  payInvoice: 'payments',
  createMandate: 'mandates',
  listMandates: 'mandates',
  getMandate: 'mandates',
  listPayMethods: 'payMethods',
  createFrozenPayment: 'payments',
  approveFrozenPayment: 'approve',
  cancelFrozenPayment: 'cancel',
};

/** Says on every operation that calls a provider which of them can do it, read off the adapters. */
export function withProviderSupport(document: OpenAPIObject): OpenAPIObject {
  const supportOf = providerSupport();
  for (const { operation } of operationsOf(document)) {
    const ability = ASKED[operation.operationId ?? ''];
    if (ability) Object.assign(operation, { 'x-provider-support': supportOf(ability) });
  }
  return document;
}
