import { isList, isObject, type JsonObject, member } from '../../http/json';
import { isWebUrl } from '../../http/web-url';
import { amountProblems } from './amounts';
import { type Detail } from './errors';
import { sumProblems } from './sum-rules';

const INTENTS = ['sale', 'authorize', 'order'];
/** Lengths of the OpenAPI file of Payments v1. */
const TRANSACTION_TEXTS = {
  description: 127,
  custom: 127,
  invoice_number: 127,
  note_to_payee: 255,
};
const URLS = ['return_url', 'cancel_url'];

/** What is wrong with a create call; fields are named as PayPal does, without the numbers of lists. */
export function paymentProblems(body: JsonObject): Detail[] {
  return [
    ...oneOf(body['intent'], 'intent', INTENTS),
    ...oneOf(member(body, 'payer', 'payment_method'), 'payer.payment_method', ['paypal']),
    ...textProblems(body, '', { note_to_payer: 165 }),
    ...textProblems(body['application_context'], 'application_context.', { brand_name: 127 }),
    ...transactionProblems(body['transactions']),
    ...urlProblems(body['redirect_urls']),
  ];
}

/** The texts that must not be longer than this. */
export function textProblems(
  value: unknown,
  prefix: string,
  lengths: Record<string, number>,
): Detail[] {
  return Object.entries(lengths).flatMap(([name, max]) => {
    const text = member(value, name);
    if (text === undefined || (typeof text === 'string' && text.length <= max)) return [];
    return [{ field: `${prefix}${name}`, issue: `It is a text of at most ${max} characters.` }];
  });
}

function transactionProblems(transactions: unknown): Detail[] {
  const field = 'transactions';
  const [transaction, ...others] = isList(transactions) ? transactions : [];
  if (!isObject(transaction) || others.length > 0) {
    return [{ field, issue: 'It is a list with one transaction.' }];
  }
  const problems = [
    ...amountProblems(transaction['amount'], `${field}.amount`),
    ...textProblems(transaction, `${field}.`, TRANSACTION_TEXTS),
  ];
  return problems.length > 0 ? problems : sumProblems(transaction);
}

function urlProblems(urls: unknown): Detail[] {
  const field = 'redirect_urls';
  if (!isObject(urls)) return [{ field, issue: 'It has to be sent.' }];
  const unknown = Object.keys(urls).filter((name) => !URLS.includes(name));
  return [
    ...URLS.filter((name) => !isUrl(urls[name])).map((name) => ({
      field: `${field}.${name}`,
      issue: 'It is not a web address.',
    })),
    ...unknown.map((name) => ({ field: `${field}.${name}`, issue: 'There is no such field.' })),
  ];
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && isWebUrl(value);
}

function oneOf(value: unknown, field: string, known: readonly string[]): Detail[] {
  if (typeof value === 'string' && known.includes(value)) return [];
  return [{ field, issue: `It has to be ${known.join(', ')}.` }];
}
