import { isList, isObject, type JsonObject, member, textMember } from '../../http/json';
import { exponentOf, toMinor } from '../../money';
import { decimalIssue, digitsOf } from './amounts';
import { type Detail } from './errors';

const PARTS = ['subtotal', 'shipping', 'tax', 'handling_fee', 'insurance', 'gift_wrap'];
/** Written as a negative amount, such as "-1.00". */
const DISCOUNT = 'shipping_discount';

/** The sums inside a transaction, whose own amount has been found good. */
export function sumProblems(transaction: JsonObject): Detail[] {
  const currency = textMember(transaction, 'amount', 'currency') ?? '';
  const minor = (value: unknown) => toMinor(digitsOf(value), exponentOf(currency));
  const total = minor(member(transaction, 'amount', 'total'));
  const sent = member(transaction, 'amount', 'details');
  const details = isObject(sent) ? sent : {};
  const bad = [...detailProblems(details, currency), ...itemProblems(transaction, currency)];
  if (bad.length > 0) return bad;
  const known = [...PARTS, DISCOUNT].filter((name) => details[name] !== undefined);
  const sum = known.reduce((added, name) => added + minor(details[name]), 0n);
  if (known.length > 0 && sum !== total) {
    return [{ field: 'transactions.amount', issue: 'The details do not add up to the total.' }];
  }
  const items = itemsOf(transaction);
  const wanted = details['subtotal'] === undefined ? total : minor(details['subtotal']);
  const itemSum = items.reduce((added, item) => added + minor(item['price']) * countOf(item), 0n);
  return items.length > 0 && itemSum !== wanted
    ? [{ field: 'transactions.amount', issue: 'The items do not add up to the subtotal.' }]
    : [];
}

function detailProblems(details: JsonObject, currency: string): Detail[] {
  return [...PARTS, DISCOUNT].flatMap((name) => {
    const value = details[name];
    const sent = name === DISCOUNT && typeof value === 'string' ? value.replace(/^-/, '') : value;
    const issue = sent === undefined ? undefined : decimalIssue(sent, currency);
    return issue === undefined ? [] : [{ field: `transactions.amount.details.${name}`, issue }];
  });
}

function itemProblems(transaction: JsonObject, currency: string): Detail[] {
  const field = 'transactions.item_list.items';
  return itemsOf(transaction).flatMap((item) => {
    const price = textMember(item, 'price')?.replace(/^-/, '');
    const issue = decimalIssue(price, currency);
    if (issue !== undefined) return [{ field, issue }];
    if (textMember(item, 'currency') !== currency) {
      return [{ field, issue: 'An item is in the currency of its transaction.' }];
    }
    const isCount = /^[1-9]\d{0,9}$/.test(textMember(item, 'quantity') ?? '');
    return isCount ? [] : [{ field, issue: 'A quantity is a text with a whole number.' }];
  });
}

function itemsOf(transaction: JsonObject): JsonObject[] {
  const items = member(transaction, 'item_list', 'items');
  return isList(items) ? items.filter(isObject) : [];
}

function countOf(item: JsonObject): bigint {
  return BigInt(textMember(item, 'quantity') ?? '0');
}
