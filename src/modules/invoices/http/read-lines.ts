import { invalidRequest } from '../../../platform/http/http.errors';
import { type FieldError } from '../../../shared/app-error';
import { isObject } from '../../../shared/json';
import { type CreditWish } from '../domain/credit-plan';
import { readDecimal } from '../domain/decimal';
import { isDescription } from '../domain/description';
import { type DraftLine } from '../domain/draft';
import { type VatCategory } from '../domain/invoice-document';
import { isPrintable } from '../domain/printable';
import { VAT_CATEGORIES } from '../domain/vat-categories';
import { DESCRIPTION_HELP } from './is-printable';

const UNIT_MAX = 30;
const RATE_DECIMALS_MAX = 2;
const RATE_MAX = 100;
/** Errors reported at once, as of other fields. */
const ERRORS_SHOWN_MAX = 50;

const LINE_FIELDS = [
  'description',
  'quantity',
  'unit',
  'unit_price',
  'price_includes_vat',
  'vat_category',
  'vat_rate',
];

type Fields = Readonly<Record<string, unknown>>;

/** The lines of a request. Throws `invalid_request` (422) with everything that is wrong in any of them. */
export function readLines(values: readonly unknown[]): readonly DraftLine[] {
  const read = values.map((value, at) => readLine(value, `/lines/${at}`));
  return withoutErrors(read);
}

/** The same for what is to be credited. */
export function readCreditLines(values: readonly unknown[]): readonly CreditWish[] {
  return withoutErrors(values.map((value, at) => readCreditLine(value, `/lines/${at}`)));
}

type Read<T> = { readonly value: T } | { readonly errors: readonly FieldError[] };

function withoutErrors<T>(read: readonly Read<T>[]): readonly T[] {
  const errors = read.flatMap((one) => ('errors' in one ? one.errors : []));
  const [first] = errors;
  if (first) {
    const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
    throw invalidRequest(`${first.pointer}: ${first.detail}${more}`, {
      errors: errors.slice(0, ERRORS_SHOWN_MAX),
    });
  }
  return read.flatMap((one) => ('value' in one ? [one.value] : []));
}

function readLine(value: unknown, pointer: string): Read<DraftLine> {
  if (!isObject(value)) return { errors: [notAnObject(pointer)] };
  const line = {
    description: value['description'],
    quantity: orDefault(value, 'quantity', '1'),
    unit: value['unit'] ?? null,
    unit_price: value['unit_price'],
    price_includes_vat: orDefault(value, 'price_includes_vat', false),
    vat_category: orDefault(value, 'vat_category', 'S'),
    vat_rate: orDefault(value, 'vat_rate', '0'),
  };
  const errors = [...unknownFields(value, { pointer, known: LINE_FIELDS })];
  const object = (field: string, detail: string) =>
    errors.push({ pointer: `${pointer}/${field}`, code: 'invalid', detail });
  const { description, quantity, unit, unit_price, price_includes_vat, vat_category, vat_rate } =
    line;
  const isDescribed = isDescription(description);
  if (!isDescribed) object('description', DESCRIPTION_HELP);
  const isCounted = isDecimal(quantity) && /[1-9]/.test(quantity);
  if (!isCounted) object('quantity', 'Send a text such as "1.5": above 0, at most 6 decimals.');
  const isUnit = unit === null || (isPrintable(unit) && unit.length <= UNIT_MAX);
  if (!isUnit)
    object('unit', `Send a text of 1 to ${UNIT_MAX} characters such as "hour", or null.`);
  const isPriced = isDecimal(unit_price);
  if (!isPriced)
    object(
      'unit_price',
      'Send a text in major units such as "82.50": at most 6 decimals, not below 0.',
    );
  const isAnswer = typeof price_includes_vat === 'boolean';
  if (!isAnswer) object('price_includes_vat', 'Send true or false.');
  const isCategory = isVatCategory(vat_category);
  if (!isCategory) object('vat_category', `Send one of ${VAT_CATEGORIES.join(', ')}.`);
  const isTaxed = isRate(vat_rate);
  if (!isTaxed)
    object(
      'vat_rate',
      'Send percent as text such as "21" or "5.5", at most 2 decimals, or leave it out where the category has none.',
    );
  const isGood =
    isDescribed && isCounted && isUnit && isPriced && isAnswer && isCategory && isTaxed;
  if (!isGood || errors.length > 0) return { errors };
  return {
    value: { description, quantity, unit, unit_price, price_includes_vat, vat_category, vat_rate },
  };
}

function readCreditLine(value: unknown, pointer: string): Read<CreditWish> {
  if (!isObject(value)) return { errors: [notAnObject(pointer)] };
  const { line } = value;
  const text = value['quantity'] ?? null;
  const errors = [...unknownFields(value, { pointer, known: ['line', 'quantity'] })];
  const isLine = typeof line === 'number' && Number.isSafeInteger(line) && line > 0;
  if (!isLine) {
    const detail = 'Send the number of a line of the invoice, from 1.';
    errors.push({ pointer: `${pointer}/line`, code: 'invalid', detail });
  }
  const quantity = isDecimal(text) ? readDecimal(text) : null;
  if (text !== null && quantity === null) {
    const detail = 'Send a text such as "1.5", or leave it out for all that is left.';
    errors.push({ pointer: `${pointer}/quantity`, code: 'invalid', detail });
  }
  return isLine && errors.length === 0 ? { value: { line, quantity } } : { errors };
}

function orDefault(value: Fields, name: string, fallback: unknown): unknown {
  return value[name] === undefined ? fallback : value[name];
}

function isDecimal(value: unknown): value is string {
  return typeof value === 'string' && readDecimal(value) !== null;
}

export function isRate(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const rate = readDecimal(value, RATE_DECIMALS_MAX);
  return rate !== null && rate.digits <= BigInt(RATE_MAX) * 10n ** BigInt(rate.scale);
}

function isVatCategory(value: unknown): value is VatCategory {
  return VAT_CATEGORIES.some((category) => category === value);
}

function notAnObject(pointer: string): FieldError {
  return { pointer, code: 'is_object', detail: 'Send an object.' };
}

function unknownFields(
  value: Fields,
  { pointer, known }: { readonly pointer: string; readonly known: readonly string[] },
): FieldError[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      pointer: `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      code: 'unknown_field',
      detail: `There is no field "${name}" here. Remove it.`,
    }));
}
