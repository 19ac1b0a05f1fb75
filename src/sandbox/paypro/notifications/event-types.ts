/** Every type that a webhook may ask for: https://docs.paypro.nl/reference/webhooks */
export const EVENT_TYPES: readonly string[] = [
  'currency_conversion.created',
  'customer.created',
  'customer.updated',
  'chargeback.created',
  ...typesOf('payout', ['created', 'approved', 'rejected', 'failed', 'paid']),
  ...typesOf('payment', ['created', 'started', 'canceled', 'failed', 'paid', 'expired']),
  ...typesOf('refund', ['created', 'canceled', 'failed', 'refunded', 'expired']),
  ...['subscription', 'installment_plan'].flatMap((kind) =>
    typesOf(kind, ['created', 'started', 'canceled', 'paused', 'resumed', 'updated', 'completed']),
  ),
];

function typesOf(kind: string, events: string[]): string[] {
  return events.map((event) => `${kind}.${event}`);
}
