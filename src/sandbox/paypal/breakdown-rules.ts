import { isList, isObject, type JsonObject, member, textMember } from '../http/json';
import { exponentOf, toMinor } from '../money';
import { type Issue, type Problem } from './issues';
import { moneyProblems } from './money-rules';
import { BREAKDOWN_PARTS } from './order-syntax';

/** The sums inside one purchase unit, whose own amount has been found good. */
export function breakdownProblems(unit: JsonObject, field: string): Problem[] {
  const parts = Object.entries(breakdownOf(unit));
  const items = itemsOf(unit);
  const bad = [
    ...parts.flatMap(([name, money]) =>
      moneyProblems(money, `${field}/breakdown/${name}`, 'not below zero'),
    ),
    ...items.flatMap((item) => [
      ...moneyProblems(item['unit_amount'], `${field}/items/unit_amount`, 'not below zero'),
      ...(item['tax'] ? moneyProblems(item['tax'], `${field}/items/tax`, 'not below zero') : []),
    ]),
  ];
  if (bad.length > 0) return bad;
  const moneys = [...parts.map(([, money]) => money), ...items.map((item) => item['unit_amount'])];
  const currency = textMember(unit, 'amount', 'currency_code');
  if (moneys.some((money) => textMember(money, 'currency_code') !== currency)) {
    return [{ issue: 'MULTI_CURRENCY_ORDER', field }];
  }
  return sumIssues(unit, items).map((issue) => ({ issue, field: `${field}/value` }));
}

function sumIssues(unit: JsonObject, items: JsonObject[]): Issue[] {
  const breakdown = breakdownOf(unit);
  const part = (name: (typeof BREAKDOWN_PARTS)[number]) => minorOf(breakdown[name]);
  const itemTotal = sum(items.map((item) => minorOf(item['unit_amount']) * quantityOf(item)));
  const taxTotal = sum(items.map((item) => minorOf(item['tax']) * quantityOf(item)));
  if (items.length > 0 && breakdown['item_total'] === undefined) return ['ITEM_TOTAL_REQUIRED'];
  if (items.length > 0 && part('item_total') !== itemTotal) return ['ITEM_TOTAL_MISMATCH'];
  if (taxTotal > 0n && breakdown['tax_total'] === undefined) return ['TAX_TOTAL_REQUIRED'];
  if (taxTotal > 0n && part('tax_total') !== taxTotal) return ['TAX_TOTAL_MISMATCH'];
  if (Object.keys(breakdown).length === 0) return [];
  const added = (['item_total', 'shipping', 'handling', 'tax_total', 'insurance'] as const).map(
    part,
  );
  const total = sum(added) - part('shipping_discount') - part('discount');
  return total === minorOf(unit['amount']) ? [] : ['AMOUNT_MISMATCH'];
}

function breakdownOf(unit: JsonObject): JsonObject {
  const breakdown = member(unit, 'amount', 'breakdown');
  if (!isObject(breakdown)) return {};
  const known = BREAKDOWN_PARTS.filter((name) => breakdown[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, breakdown[name]]));
}

function itemsOf(unit: JsonObject): JsonObject[] {
  const items = unit['items'];
  return isList(items) ? items.filter(isObject) : [];
}

function minorOf(money: unknown): bigint {
  const currency = textMember(money, 'currency_code') ?? '';
  return toMinor(textMember(money, 'value') ?? '0', exponentOf(currency));
}

function quantityOf(item: JsonObject): bigint {
  return BigInt(textMember(item, 'quantity') ?? '1');
}

function sum(values: bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}
