import { showId } from './id';

/**
 * Ids in the examples of the API document. The demonstration data is made with the same ones, so every example
 * can be executed as it stands.
 */
export const exampleUuids = {
  customer: '019aa5c8-fc00-7000-8000-000000000001',
  otherCustomer: '019aa5c8-fc00-7000-8000-000000000002',
  openPaypal: '019aa5c8-fc00-7000-8000-000000000010',
  openPaypro: '019aa5c8-fc00-7000-8000-000000000011',
  paidPaypal: '019aa5c8-fc00-7000-8000-000000000012',
  paidPaypro: '019aa5c8-fc00-7000-8000-000000000013',
  agreedPaypal: '019aa5c8-fc00-7000-8000-000000000014',
  canceledPaypal: '019aa5c8-fc00-7000-8000-000000000015',
  canceledPaypro: '019aa5c8-fc00-7000-8000-000000000016',
  failedPaypro: '019aa5c8-fc00-7000-8000-000000000017',
  otherPayment: '019aa5c8-fc00-7000-8000-000000000018',
  refund: '019aa5c8-fc00-7000-8000-000000000020',
  pendingRefund: '019aa5c8-fc00-7000-8000-000000000021',
  paidInvoice: '019aa5c8-fc00-7000-8000-000000000050',
  overdueInvoice: '019aa5c8-fc00-7000-8000-000000000051',
  partlyCreditedInvoice: '019aa5c8-fc00-7000-8000-000000000052',
  creditNote: '019aa5c8-fc00-7000-8000-000000000053',
  reverseChargeInvoice: '019aa5c8-fc00-7000-8000-000000000054',
  draftInvoice: '019aa5c8-fc00-7000-8000-000000000055',
  invoicePayment: '019aa5c8-fc00-7000-8000-000000000019',
  event: '019aa5c8-fc00-7000-8000-000000000040',
  webhookEndpoint: '019aa5c8-fc00-7000-8000-000000000041',
  webhookDelivery: '019aa5c8-fc00-7000-8000-000000000042',
  ping: '019aa5c8-fc00-7000-8000-000000000043',
  balanceEntry: '019aa5c8-fc00-7000-8000-000000000050',
  notification: '019aa5c8-fc00-7000-8000-000000000030',
} as const;

export const exampleIds = {
  customer: showId('cus', exampleUuids.customer),
  otherCustomer: showId('cus', exampleUuids.otherCustomer),
  openPaypal: showId('pay', exampleUuids.openPaypal),
  openPaypro: showId('pay', exampleUuids.openPaypro),
  paidPaypal: showId('pay', exampleUuids.paidPaypal),
  agreedPaypal: showId('pay', exampleUuids.agreedPaypal),
  refund: showId('ref', exampleUuids.refund),
  pendingRefund: showId('ref', exampleUuids.pendingRefund),
  paidPaypro: showId('pay', exampleUuids.paidPaypro),
  paidInvoice: showId('inv', exampleUuids.paidInvoice),
  overdueInvoice: showId('inv', exampleUuids.overdueInvoice),
  partlyCreditedInvoice: showId('inv', exampleUuids.partlyCreditedInvoice),
  creditNote: showId('inv', exampleUuids.creditNote),
  draftInvoice: showId('inv', exampleUuids.draftInvoice),
  invoicePayment: showId('pay', exampleUuids.invoicePayment),
  event: showId('evt', exampleUuids.event),
  webhookEndpoint: showId('whe', exampleUuids.webhookEndpoint),
  webhookDelivery: showId('whd', exampleUuids.webhookDelivery),
  ping: showId('ping', exampleUuids.ping),
  balanceEntry: showId('bal', exampleUuids.balanceEntry),
  notification: showId('ntf', exampleUuids.notification),
} as const;
