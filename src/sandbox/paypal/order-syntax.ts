import { isList, isObject, type JsonObject, member } from '../http/json';
import { checkMoney, checkOneOf, checkText, checkUrl, missing, wrong } from './field-checks';
import { type Problem } from './issues';

const MAX_UNITS = 10;
/** Lengths of the OpenAPI file of Orders v2. */
const UNIT_TEXTS = {
  reference_id: 256,
  description: 127,
  custom_id: 127,
  invoice_id: 127,
  soft_descriptor: 22,
};
export const BREAKDOWN_PARTS = [
  'item_total',
  'shipping',
  'handling',
  'tax_total',
  'insurance',
  'shipping_discount',
  'discount',
] as const;
const LOCALE = /^[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/;

/** What is wrong with the form of a create call, in PayPal's 400 spelling (array indexes). */
export function orderSyntaxProblems(order: JsonObject): Problem[] {
  return [
    ...(order['intent'] === undefined ? [missing('/intent')] : []),
    ...checkOneOf(order['intent'], '/intent', ['CAPTURE', 'AUTHORIZE']),
    ...unitsProblems(order['purchase_units']),
    ...paymentSourceProblems(order['payment_source']),
    ...contextProblems(order['application_context'], '/application_context'),
  ];
}

function unitsProblems(units: unknown): Problem[] {
  const field = '/purchase_units';
  if (units === undefined) return [missing(field)];
  if (!isList(units)) return [wrong('INVALID_PARAMETER_SYNTAX', field, units)];
  if (units.length === 0) return [wrong('INVALID_ARRAY_MIN_ITEMS', field, units)];
  if (units.length > MAX_UNITS)
    return [{ issue: 'INVALID_ARRAY_MAX_ITEMS', field, location: 'body' }];
  return units.flatMap((unit, index) => unitSyntaxProblems(unit, `${field}/${index}`));
}

/** Also used for what a patch puts into a unit. */
export function unitSyntaxProblems(unit: unknown, field: string): Problem[] {
  if (!isObject(unit)) return [wrong('INVALID_PARAMETER_SYNTAX', field, unit)];
  return [
    ...checkMoney(unit['amount'], `${field}/amount`, true),
    ...BREAKDOWN_PARTS.flatMap((part) =>
      checkMoney(
        member(unit, 'amount', 'breakdown', part),
        `${field}/amount/breakdown/${part}`,
        false,
      ),
    ),
    ...Object.entries(UNIT_TEXTS).flatMap(([name, max]) =>
      checkText(unit[name], `${field}/${name}`, { max }),
    ),
    ...itemsProblems(unit['items'], `${field}/items`),
  ];
}

function itemsProblems(items: unknown, field: string): Problem[] {
  if (items === undefined) return [];
  if (!isList(items)) return [wrong('INVALID_PARAMETER_SYNTAX', field, items)];
  return items.flatMap((item, index) => [
    ...checkText(member(item, 'name'), `${field}/${index}/name`, { required: true, max: 127 }),
    ...checkText(member(item, 'quantity'), `${field}/${index}/quantity`, {
      required: true,
      max: 10,
      pattern: /^[1-9][0-9]*$/,
    }),
    ...checkMoney(member(item, 'unit_amount'), `${field}/${index}/unit_amount`, true),
    ...checkMoney(member(item, 'tax'), `${field}/${index}/tax`, false),
  ]);
}

function paymentSourceProblems(source: unknown): Problem[] {
  if (source === undefined) return [];
  if (!isObject(source)) return [wrong('INVALID_PARAMETER_SYNTAX', '/payment_source', source)];
  const unknown = Object.keys(source).filter((name) => name !== 'paypal');
  return [
    ...unknown.map((name) => wrong('NOT_SUPPORTED', `/payment_source/${name}`, '')),
    ...contextProblems(
      member(source, 'paypal', 'experience_context'),
      '/payment_source/paypal/experience_context',
    ),
  ];
}

function contextProblems(context: unknown, field: string): Problem[] {
  if (context === undefined) return [];
  if (!isObject(context)) return [wrong('INVALID_PARAMETER_SYNTAX', field, context)];
  return [
    ...checkUrl(context['return_url'], `${field}/return_url`),
    ...checkUrl(context['cancel_url'], `${field}/cancel_url`),
    ...checkText(context['brand_name'], `${field}/brand_name`, { max: 127 }),
    ...checkText(context['locale'], `${field}/locale`, { min: 2, max: 10, pattern: LOCALE }),
    ...Object.entries(CONTEXT_WORDS).flatMap(([name, known]) =>
      checkOneOf(context[name], `${field}/${name}`, known),
    ),
  ];
}

const CONTEXT_WORDS = {
  landing_page: ['LOGIN', 'GUEST_CHECKOUT', 'NO_PREFERENCE', 'BILLING'],
  shipping_preference: ['GET_FROM_FILE', 'NO_SHIPPING', 'SET_PROVIDED_ADDRESS'],
  user_action: ['CONTINUE', 'PAY_NOW'],
  payment_method_preference: ['UNRESTRICTED', 'IMMEDIATE_PAYMENT_REQUIRED'],
};
