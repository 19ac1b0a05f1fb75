import { type Answer } from '../http/answer';
import { isList, isObject, type JsonObject } from '../http/json';
import { isWebUrl } from '../http/web-url';
import { invalid } from './errors';
import { type Mandate } from './mandate';
import { DISABLED_PAY_METHODS, PAY_METHODS } from './pay-methods';

/** Plausible; the documentation gives no length. */
const MAX_DESCRIPTION = 255;

/** What the caller has already. */
export interface Known {
  hasCustomer(id: string): boolean;
  mandateOf(id: string): Mandate | undefined;
}

type Rule = (body: JsonObject) => Answer | undefined;

/** The first broken rule of a create call; PayPro names one parameter at a time. */
export function brokenPaymentRule(body: JsonObject, known: Known): Answer | undefined {
  for (const rule of RULES) {
    const refusal = rule(body);
    if (refusal) return refusal;
  }
  const { customer, mandate } = body;
  if (typeof customer === 'string' && !known.hasCustomer(customer)) {
    return invalid('customer', 'No customer has this id');
  }
  if (typeof mandate !== 'string') return amountRangeRule(body);
  const found = known.mandateOf(mandate);
  if (!found) return invalid('mandate', 'No mandate has this id');
  if (found.state !== 'approved') return invalid('mandate', 'The mandate is not approved');
  return amountRangeRule({ ...body, pay_methods: [found.payMethod] });
}

const RULES: Rule[] = [
  ({ amount }) =>
    typeof amount === 'number' && Number.isSafeInteger(amount) && amount > 0
      ? undefined
      : invalid('amount', 'Amount must be a whole number of cents above zero'),
  ({ currency }) => (currency === 'EUR' ? undefined : invalid('currency', 'Currency must be EUR')),
  ({ description }) =>
    typeof description === 'string' && description.trim() !== ''
      ? undefined
      : invalid('description', 'Description must be set'),
  ({ description }) =>
    typeof description === 'string' && description.length > MAX_DESCRIPTION
      ? invalid('description', `Description must not exceed ${MAX_DESCRIPTION} characters`)
      : undefined,
  ({ return_url: url }) => urlRule('return_url', url),
  ({ cancel_url: url }) => urlRule('cancel_url', url),
  mandateRule,
  ({ customer }) =>
    optional('customer', customer, { fits: typeof customer === 'string', kind: 'an id' }),
  ({ metadata }) => optional('metadata', metadata, { fits: isObject(metadata), kind: 'an object' }),
  ({ pay_methods: methods }) => payMethodsRule(methods),
];

function optional(
  param: string,
  value: unknown,
  { fits, kind }: { fits: boolean; kind: string },
): Answer | undefined {
  if (value === undefined || value === null || fits) return undefined;
  return invalid(param, `${param} must be ${kind}`);
}

function urlRule(param: string, url: unknown): Answer | undefined {
  return optional(param, url, {
    fits: typeof url === 'string' && isWebUrl(url),
    kind: 'a web address',
  });
}

function mandateRule(body: JsonObject): Answer | undefined {
  const { mandate, customer, pay_methods: methods, setup_mandate: setup } = body;
  const given = (value: unknown) => value !== undefined && value !== null;
  if (given(mandate) && (given(customer) || given(methods) || given(setup))) {
    return invalid('mandate', 'A mandate excludes customer, pay_methods and setup_mandate');
  }
  if (setup === true && !given(customer)) {
    return invalid('customer', 'setup_mandate needs a customer');
  }
  return (
    optional('mandate', mandate, { fits: typeof mandate === 'string', kind: 'an id' }) ??
    optional('setup_mandate', setup, { fits: typeof setup === 'boolean', kind: 'true or false' })
  );
}

function payMethodsRule(methods: unknown): Answer | undefined {
  if (methods === undefined || methods === null) return undefined;
  if (!isList(methods) || methods.length === 0) {
    return invalid('pay_methods', 'pay_methods must be a list with at least one method');
  }
  const bad = methods.find((method) => typeof method !== 'string' || !PAY_METHODS.has(method));
  if (bad === undefined) return undefined;
  const disabled = typeof bad === 'string' && DISABLED_PAY_METHODS.includes(bad);
  return invalid('pay_methods', disabled ? `${bad} is not enabled` : 'A pay method is unknown');
}

/** Good when at least one of the methods that the payer may choose takes the amount. */
function amountRangeRule({ amount, pay_methods: methods }: JsonObject): Answer | undefined {
  const allowed = isList(methods) ? methods : [...PAY_METHODS.keys()];
  const takes = allowed.some((id) => {
    const method = typeof id === 'string' ? PAY_METHODS.get(id) : undefined;
    return (
      method && typeof amount === 'number' && amount >= method.minimum && amount <= method.maximum
    );
  });
  return takes ? undefined : invalid('amount', 'Amount is outside the range of the pay methods');
}
