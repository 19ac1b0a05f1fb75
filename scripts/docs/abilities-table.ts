import { type DocumentedProvider } from '../../src/providers/documented-provider';
import { renderTable } from './markdown';

/** Who can do what: one row for each ability, one column for each provider. */
export function renderAbilities(all: readonly DocumentedProvider[]): string {
  const rows = ABILITIES.map(([ability, tell]) => [ability, ...all.map((one) => tell(one))]);
  return renderTable(['', ...all.map(({ title }) => title)], rows);
}

type Tell = (documented: DocumentedProvider) => string;

/** Only what routes offer today; a part of an adapter that no route uses yet is nobody's ability. */
const ABILITIES: readonly (readonly [ability: string, tell: Tell])[] = [
  ['Currencies', ({ provider }) => currenciesOf(provider.capabilities.currencies)],
  [
    'The return URLs get',
    ({ provider }) =>
      provider.capabilities.returnIds === 'ours'
        ? '`paymentId=<our id>`'
        : "the provider's own `paymentId`, `token` and `PayerID`; canceled: `token`",
  ],
  [
    'Needs a return and a cancel URL',
    ({ provider }) => yesOrNo(provider.capabilities.needsReturnUrls),
  ],
  [
    'Approve a payment',
    ({ provider }) =>
      provider.capabilities.approve === 'capture'
        ? 'takes the money, once the payer has agreed'
        : "reads the payment back: the payer's own act moved the money",
  ],
  [
    'The payer has to agree within',
    ({ provider: { capabilities } }) =>
      capabilities.approvalWindowMs === null
        ? 'no fixed time'
        : hours(capabilities.approvalWindowMs),
  ],
  [
    'Cancel an open payment',
    ({ provider }) =>
      provider.capabilities.cancel === 'provider'
        ? 'canceled at the provider'
        : 'the provider has no such call: canceled here, and never captured',
  ],
  [
    'Hold money, capture it later',
    ({ provider: { capabilities } }) =>
      capabilities.holds ? 'yes: in parts, renewed, or set free' : 'no',
  ],
  ['Our create, sent to it again', repeatedCreate],
  [
    'Our capture, sent to it again',
    ({ provider: { payments, capabilities } }) =>
      payments.capture === undefined
        ? 'there is no such call'
        : repeated('takes the money once', capabilities.repeat.captureMs),
  ],
  [
    'Our cancel, sent to it again',
    ({ provider: { payments, capabilities } }) =>
      payments.cancel === undefined
        ? 'there is no such call'
        : repeated('changes nothing', capabilities.repeat.cancelMs),
  ],
  ['Refunds, in full and in parts', ({ provider }) => yesOrNo(provider.refunds !== undefined)],
  [
    'Our refund, sent to it again',
    ({ provider: { refunds } }) =>
      refunds === undefined || refunds.repeatMs === 0
        ? 'would be a second refund: sent once, then looked for'
        : repeated('is the same refund', refunds.repeatMs),
  ],
  ['Call a refund off', ({ provider }) => yesOrNo(provider.refunds?.cancel !== undefined)],
  [
    'Look a payment up',
    ({ provider }) =>
      provider.capabilities.findByReference
        ? "by the provider's id and by ours"
        : "by the provider's id only",
  ],
  [
    'Pay methods and their limits, live',
    ({ provider }) => yesOrNo(provider.payMethods !== undefined),
  ],
  ['Notifications of changes', notifications],
  ['Chargebacks and disputes', ({ provider }) => yesOrNo(provider.chargebacks !== undefined)],
  [
    'Keeps customers of its own, in step with ours',
    ({ provider }) => yesOrNo(provider.customers !== undefined),
  ],
  ['Mandates of a bank account', ({ provider }) => yesOrNo(provider.mandates !== undefined)],
  ['Payments that set up a mandate', ({ provider }) => yesOrNo(provider.capabilities.setupMandate)],
  ['Payments charged on a mandate', ({ provider }) => yesOrNo(provider.capabilities.mandate)],
];

function currenciesOf(currencies: Readonly<Record<string, unknown>>): string {
  const codes = Object.keys(currencies);
  return codes.length === 1 ? `${codes.join()} only` : `${codes.length}, listed below`;
}

function repeatedCreate({ provider: { capabilities } }: DocumentedProvider): string {
  const { createMs } = capabilities.repeat;
  if (createMs > 0) return repeated('is the same payment', createMs);
  return capabilities.findByReference
    ? 'would be a second payment: the first one is looked for instead'
    : 'would be a second payment';
}

function repeated(effect: string, windowMs: number): string {
  return windowMs === 0 ? 'is not recognised' : `${effect}, for ${hours(windowMs)}`;
}

function notifications({ provider, notifiedBy }: DocumentedProvider): string {
  if (provider.notifications !== undefined) return 'yes';
  return notifiedBy.length === 0
    ? 'no'
    : `when ${notifiedBy.map((name) => `\`${name}\``).join(' or ')} is set`;
}

function yesOrNo(can: boolean): string {
  return can ? 'yes' : 'no';
}

function hours(ms: number): string {
  const count = ms / 3_600_000;
  if (count > 48 && count % 24 === 0) return `${count / 24} days`;
  return count === 1 ? '1 hour' : `${count} hours`;
}
