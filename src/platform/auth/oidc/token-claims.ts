import { isObject, valueAt } from '../../../shared/json';
import { type Role } from '../caller';
import { type OidcSettings } from './oidc.settings';

/** Keeps subjects of tokens apart from those of API keys, which are free text; a key may be given such a subject on purpose. */
const SUBJECT_PREFIX = 'oidc:';

/** OpenID Connect Core 1.0, section 2: 255 ASCII characters at most; what cannot be seen could not be told apart. */
const SUBJECT = /^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/;

/** Access tokens, and tokens that do not say what they are. RFC 9068, section 2.1. */
const TYPES = /^(?:application\/)?(?:at\+)?jwt$/i;

/** Whom a token stands for; null where its `sub` is not one. */
export function subjectOf({ sub }: { readonly sub?: unknown }): string | null {
  return typeof sub === 'string' && SUBJECT.test(sub) ? `${SUBJECT_PREFIX}${sub}` : null;
}

/** Whether a token is one to be sent to an API: not a receipt of a logout, a proof, or another kind of statement. */
export function isAccessToken({ typ }: { readonly typ?: unknown }): boolean {
  return typ === undefined || (typeof typ === 'string' && TYPES.test(typ));
}

/** Staff where the claim is or lists the staff role, or names it among words as `scope` does; otherwise a user. */
export function roleOf(
  claims: Readonly<Record<string, unknown>>,
  { ROLE_CLAIM, STAFF_ROLE }: Pick<OidcSettings, 'ROLE_CLAIM' | 'STAFF_ROLE'>,
): Role {
  if (ROLE_CLAIM === null || STAFF_ROLE === null) return 'user';
  const claim = claimAt(claims, ROLE_CLAIM);
  const roles: readonly unknown[] =
    typeof claim === 'string' ? [claim, ...claim.split(' ')] : Array.isArray(claim) ? claim : [];
  return roles.includes(STAFF_ROLE) ? 'staff' : 'user';
}

/** A claim by its whole name, which may hold dots (`https://shop.example/roles`), or by a path of names. */
function claimAt(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (isObject(claims) && Object.hasOwn(claims, name)) return claims[name];
  return valueAt(claims, ...name.split('.'));
}
