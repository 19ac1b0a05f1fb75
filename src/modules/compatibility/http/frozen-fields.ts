import { type AppError, type FieldError } from '../../../shared/app-error';
import { type Money } from '../../../shared/money/money';
import { returnUrlProblem } from '../../payments/payments.facade';
import { type GivenIds } from '../actions/find-frozen-payment';
import { fieldsInvalid } from '../compatibility.errors';
import { readAmount } from '../domain/frozen-amount';
import { readCustomer } from '../domain/frozen-links';

/** The members of a body; fields that nobody reads are ignored, as they always were. */
export type Fields = Readonly<Record<string, unknown>>;

export interface CreateFields {
  readonly amount: Money;
  readonly customerId: string;
  readonly returnUrl: string;
  readonly cancelUrl: string;
}

const ID_LENGTH_MAX = 255;
const URL_LENGTH_MAX = 2_000;

/** Throws `fields_invalid` (400) with everything that is wrong. */
export function readCreateFields(fields: Fields, currency: string): CreateFields {
  const form = new Form(fields);
  const amount = form.read('amount', (text) => {
    const { amount: read, problem } = readAmount(text, currency);
    return problem === undefined ? { value: read } : { problem };
  });
  const customerId = form.read('customer', (text) => {
    const id = readCustomer(text);
    return id === null ? { problem: 'Invalid hyperlink - No URL match.' } : { value: id };
  });
  const returnUrl = form.read('return_url', readUrl);
  const cancelUrl = form.read('cancel_url', readUrl);
  if (amount === null || customerId === null || returnUrl === null || cancelUrl === null) {
    throw form.refusal();
  }
  return { amount, customerId, returnUrl, cancelUrl };
}

export function readApproveFields(fields: Fields): {
  readonly ids: GivenIds;
  readonly payerId: string;
} {
  const form = new Form(fields);
  const paymentId = form.read('payment_id', readShort);
  const payerId = form.read('payer_id', readShort);
  const token = form.readIfGiven('token', readShort);
  if (paymentId === null || payerId === null || form.isWrong()) throw form.refusal();
  return { ids: { paymentId, token }, payerId };
}

/** The cancel page of the provider knows the token only, older clients know the id. */
export function readCancelFields(fields: Fields): GivenIds {
  const form = new Form(fields);
  const token = form.readIfGiven('token', readShort);
  const paymentId =
    token === null ? form.read('payment_id', readShort) : form.readIfGiven('payment_id', readShort);
  if (form.isWrong()) throw form.refusal();
  return { paymentId, token };
}

type Read<T> =
  | { readonly value: T; readonly problem?: never }
  | { readonly value?: never; readonly problem: string };

/** Collects what is wrong with the fields of one body. */
class Form {
  private readonly errors: FieldError[] = [];

  constructor(private readonly fields: Fields) {}

  /** Null when something is wrong with the field, or it is not there. */
  read<T>(name: string, read: (text: string) => Read<T>): T | null {
    const { value, problem } = this.readText(name, read);
    if (problem === undefined) return value;
    this.errors.push({ pointer: `/${name}`, code: 'invalid', detail: problem });
    return null;
  }

  readIfGiven<T>(name: string, read: (text: string) => Read<T>): T | null {
    return (this.fields[name] ?? null) === null ? null : this.read(name, read);
  }

  isWrong(): boolean {
    return this.errors.length > 0;
  }

  refusal(): AppError {
    return fieldsInvalid('Fields are missing or wrong.', { errors: this.errors });
  }

  private readText<T>(name: string, read: (text: string) => Read<T>): Read<T> {
    const value = Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
    if (value === undefined) return { problem: 'This field is required.' };
    if (value === null) return { problem: 'This field may not be null.' };
    if (typeof value !== 'string') return { problem: wrongType(name) };
    if (value.trim() === '') return { problem: blank(name) };
    return read(value);
  }
}

function wrongType(name: string): string {
  return name === 'amount' ? 'A valid number is required.' : 'Not a valid string.';
}

function blank(name: string): string {
  return name === 'amount' ? 'A valid number is required.' : 'This field may not be blank.';
}

function readShort(text: string): Read<string> {
  return within(ID_LENGTH_MAX, text) ?? { value: text.trim() };
}

function readUrl(text: string): Read<string> {
  const tooLong = within(URL_LENGTH_MAX, text);
  if (tooLong) return tooLong;
  const url = text.trim();
  const problem = returnUrlProblem(url);
  if (problem === null) return { value: url };
  const isHttp = /^https?:\/\//i.test(url) && URL.canParse(url);
  return { problem: isHttp ? problem : 'Enter a valid URL.' };
}

function within(max: number, text: string): { readonly problem: string } | null {
  if (text.length <= max) return null;
  return { problem: `Ensure this field has no more than ${max} characters.` };
}
