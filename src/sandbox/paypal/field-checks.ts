import { isObject } from '../http/json';
import { isWebUrl } from '../http/web-url';
import { type Problem } from './issues';

/** `^((-?[0-9]+)|(-?([0-9]+)?[.][0-9]+))$`, as the OpenAPI file of Orders v2 has it. */
const DECIMAL = /^(-?[0-9]+|-?[0-9]*[.][0-9]+)$/;
const MAX_DECIMAL_LENGTH = 32;

export interface TextRule {
  max: number;
  min?: number;
  pattern?: RegExp;
  required?: boolean;
}

export function missing(field: string): Problem {
  return { issue: 'MISSING_REQUIRED_PARAMETER', field, value: '', location: 'body' };
}

export function wrong(issue: Problem['issue'], field: string, value: unknown): Problem {
  return { issue, field, value, location: 'body' };
}

export function checkText(value: unknown, field: string, rule: TextRule): Problem[] {
  if (value === undefined || value === null) return rule.required ? [missing(field)] : [];
  if (typeof value !== 'string') return [wrong('INVALID_PARAMETER_SYNTAX', field, value)];
  if (value.length < (rule.min ?? 1) || value.length > rule.max) {
    return [wrong('INVALID_STRING_LENGTH', field, value)];
  }
  if (rule.pattern && !rule.pattern.test(value)) {
    return [wrong('INVALID_PARAMETER_SYNTAX', field, value)];
  }
  return [];
}

export function checkOneOf(value: unknown, field: string, known: readonly string[]): Problem[] {
  if (value === undefined) return [];
  const fits = typeof value === 'string' && known.includes(value);
  return fits ? [] : [wrong('INVALID_PARAMETER_VALUE', field, value)];
}

/** `{currency_code, value}`; a JSON number as value is refused, as the specification has it. */
export function checkMoney(money: unknown, field: string, required: boolean): Problem[] {
  if (money === undefined) return required ? [missing(field)] : [];
  if (!isObject(money)) return [wrong('INVALID_PARAMETER_SYNTAX', field, money)];
  return [
    ...checkText(money['currency_code'], `${field}/currency_code`, {
      required: true,
      min: 3,
      max: 3,
    }),
    ...checkText(money['value'], `${field}/value`, {
      required: true,
      max: MAX_DECIMAL_LENGTH,
      pattern: DECIMAL,
    }),
  ];
}

export function checkUrl(value: unknown, field: string): Problem[] {
  if (value === undefined) return [];
  if (typeof value !== 'string' || !isWebUrl(value)) {
    return [wrong('INVALID_PARAMETER_SYNTAX', field, value)];
  }
  return [];
}
