import { isList, isObject, type JsonObject, member, textMember } from '../http/json';
import { breakdownProblems } from './breakdown-rules';
import { type Problem } from './issues';
import { moneyProblems } from './money-rules';

/** What is wrong with the sense of a well-formed create call, in PayPal's 422 spelling (filter form). */
export function orderRuleProblems(order: JsonObject): Problem[] {
  const units = unitsOf(order);
  return [
    ...emptySourceProblems(order['payment_source']),
    ...(units.length > 1 && order['intent'] === 'AUTHORIZE'
      ? [{ issue: 'UNSUPPORTED_INTENT', field: '/intent', value: 'AUTHORIZE' } as const]
      : []),
    ...referenceProblems(units),
    ...units.flatMap(unitRuleProblems),
    ...currencyProblems(units),
  ];
}

export function unitsOf(order: JsonObject): JsonObject[] {
  const units = order['purchase_units'];
  return isList(units) ? units.filter(isObject) : [];
}

export function referenceOf(unit: JsonObject): string {
  return textMember(unit, 'reference_id') ?? 'default';
}

export function unitRuleProblems(unit: JsonObject): Problem[] {
  const field = `/purchase_units/@reference_id=='${referenceOf(unit)}'/amount`;
  const problems = moneyProblems(unit['amount'], field, 'above zero');
  return problems.length > 0 ? problems : breakdownProblems(unit, field);
}

function emptySourceProblems(source: unknown): Problem[] {
  const empty = isObject(source) && Object.keys(source).length === 0;
  return empty ? [{ issue: 'NO_PAYMENT_SOURCE_PROVIDED', field: '/payment_source' }] : [];
}

function referenceProblems(units: JsonObject[]): Problem[] {
  if (units.length < 2) return [];
  const references = units.map((unit) => textMember(unit, 'reference_id'));
  if (references.includes(undefined)) {
    return [{ issue: 'REFERENCE_ID_REQUIRED', field: '/purchase_units/reference_id' }];
  }
  const repeated = references.find((reference, index) => references.indexOf(reference) !== index);
  if (repeated === undefined) return [];
  return [
    { issue: 'DUPLICATE_REFERENCE_ID', field: '/purchase_units/reference_id', value: repeated },
  ];
}

function currencyProblems(units: JsonObject[]): Problem[] {
  const currencies = new Set(units.map((unit) => member(unit, 'amount', 'currency_code')));
  return currencies.size > 1 ? [{ issue: 'MULTI_CURRENCY_ORDER', field: '/purchase_units' }] : [];
}
