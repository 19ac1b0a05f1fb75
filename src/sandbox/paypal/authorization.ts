import { minorOf, sumOf } from './amounts';
import { type Amount, type Authorization, type Capture, type PurchaseUnit } from './order';

/** All captures together may be 115 % of what was authorized; in dollars never 75 more than it. */
const CEILING_BASIS_POINTS = 11_500n;
const MAX_SURPLUS_CENTS = new Map([['USD', 7_500n]]);

/** An authorization and those that renew it: all stand for the same money. */
export function familyOf(unit: PurchaseUnit, authorization: Authorization): Authorization[] {
  return unit.authorizations.filter((one) => rootOf(one) === rootOf(authorization));
}

/** Captures whose money has come or may still come. */
export function capturesOf(unit: PurchaseUnit, authorization: Authorization): Capture[] {
  const ids = familyOf(unit, authorization).map(({ id }) => id);
  return unit.captures.filter(
    ({ authorizationId, status }) => ids.includes(authorizationId ?? '') && status !== 'DECLINED',
  );
}

export function capturedOf(unit: PurchaseUnit, authorization: Authorization): bigint {
  return sumOf(capturesOf(unit, authorization).map(({ amount }) => amount));
}

export function ceilingOf(amount: Amount): bigint {
  const minor = minorOf(amount);
  const ceiling = (minor * CEILING_BASIS_POINTS) / 10_000n;
  const surplus = MAX_SURPLUS_CENTS.get(amount.currency_code);
  return surplus !== undefined && minor + surplus < ceiling ? minor + surplus : ceiling;
}

export function isLive({ status }: Authorization): boolean {
  return status === 'CREATED' || status === 'PARTIALLY_CAPTURED';
}

/** The unit after a step that changes an authorization and those that renew it alike. */
export function withFamily(
  unit: PurchaseUnit,
  authorization: Authorization,
  change: Pick<Authorization, 'status' | 'updatedAt' | 'hasExpired'>,
): PurchaseUnit {
  const family = familyOf(unit, authorization).filter(isLive);
  return {
    ...unit,
    authorizations: unit.authorizations.map((one) =>
      family.includes(one) ? { ...one, ...change } : one,
    ),
  };
}

function rootOf({ id, renews }: Authorization): string {
  return renews ?? id;
}
