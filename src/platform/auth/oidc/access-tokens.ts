import { hash } from 'node:crypto';
import { AppError } from '../../../shared/app-error';
import { isObject, textAt } from '../../../shared/json';
import { unauthorized } from '../../http/http.errors';
import { type Caller } from '../caller';
import { type CredentialKind } from '../credential-kind';
import { BELIEVED_MS, RememberedCallers } from '../remembered-callers';
import { type IssuerKeys } from './issuer-keys';
import { type Claims, loadJose } from './jose';
import { type OidcSettings } from './oidc.settings';
import { isAccessToken, roleOf, subjectOf } from './token-claims';

/** Three parts of base64url with dots between them; the signature may be empty, which is then what is wrong with it. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]*$/;
/** Tokens with hundreds of groups in them are longer, and come with every request. */
const TOKEN_CHARACTERS_MAX = 8_192;

/** Recognises tokens (JWTs) of the operator's OIDC issuer, as RFC 9068 and RFC 8725 say. */
export class AccessTokens implements CredentialKind {
  private readonly remembered = new RememberedCallers();

  constructor(
    private readonly settings: OidcSettings,
    private readonly keys: IssuerKeys,
  ) {}

  fits(text: string): boolean {
    return TOKEN.test(text);
  }

  recall(token: string): Caller | null {
    return this.remembered.recall(hashOf(token));
  }

  knows(token: string): boolean {
    return this.remembered.knows(hashOf(token));
  }

  /** Throws `unauthorized` (401) saying what is wrong with it, or `issuer_unavailable` (503). */
  async recognise(token: string): Promise<Caller> {
    try {
      const { caller, expiresAtMs } = await this.read(token);
      const untilMs = performance.now() + Math.min(BELIEVED_MS, expiresAtMs - Date.now());
      this.remembered.remember(hashOf(token), { caller, untilMs });
      return caller;
    } catch (error) {
      const isRefused = error instanceof AppError && error.code === unauthorized.code;
      if (isRefused) this.remembered.forget(hashOf(token));
      throw error;
    }
  }

  private async read(token: string): Promise<{ caller: Caller; expiresAtMs: number }> {
    if (token.length > TOKEN_CHARACTERS_MAX) throw refused('is longer than 8 kB');
    const claims = await this.verify(token);
    const subject = subjectOf(claims);
    if (subject === null)
      throw refused('has a `sub` that is not 1 to 255 visible ASCII characters');
    const caller = { subject, role: roleOf(claims, this.settings) };
    return { caller, expiresAtMs: (claims.exp ?? 0) * 1000 };
  }

  /** The claims of a token that the issuer signed for us, in time. */
  private async verify(token: string): Promise<Claims> {
    const { ISSUER, AUDIENCE, ALGORITHMS, CLOCK_TOLERANCE_S, TOKEN_AGE_MAX_S } = this.settings;
    const { jwtVerify } = await loadJose();
    try {
      // Only `kid` and `alg` of the header choose among the issuer's keys; keys and addresses in it are not looked at.
      const { payload, protectedHeader } = await jwtVerify(
        token,
        (header, jws) => this.keys.find(header, jws),
        {
          issuer: ISSUER,
          audience: AUDIENCE,
          algorithms: [...ALGORITHMS],
          clockTolerance: CLOCK_TOLERANCE_S,
          maxTokenAge: TOKEN_AGE_MAX_S,
          requiredClaims: ['exp', 'sub'],
        },
      );
      if (!isAccessToken(protectedHeader)) throw refused('is no access token, by its `typ`');
      // Whoever steals such a token must not be able to use it, so the proof cannot be left out. RFC 7800.
      if ('cnf' in payload) throw refused('works only with a proof (`cnf`) that is not taken here');
      return payload;
    } catch (error) {
      throw error instanceof AppError ? error : refused(reasonOf(error));
    }
  }
}

function hashOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

function refused(reason: string): AppError {
  const context = { credentials: 'unknown' } as const;
  return unauthorized(`The token ${reason}. Get a new one from the issuer.`, context);
}

const REASONS = new Map([
  ['ERR_JOSE_ALG_NOT_ALLOWED', 'is signed in a way that is not accepted here'],
  ['ERR_JOSE_NOT_SUPPORTED', 'demands what is not supported here'],
  ['ERR_JWKS_NO_MATCHING_KEY', 'is signed with a key that the issuer does not publish'],
  ['ERR_JWKS_MULTIPLE_MATCHING_KEYS', 'does not say by `kid` which key signed it'],
  ['ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'has a wrong signature'],
]);

const CLAIMS = new Map([
  ['iss', 'comes from another issuer'],
  ['aud', 'is for somebody else (`aud`)'],
  ['exp', 'has expired, or does not say when it does (`exp`)'],
  ['nbf', 'is not valid yet (`nbf`)'],
  ['iat', 'was issued too long ago, in the future, or at no time (`iat`)'],
  ['sub', 'does not say whom it stands for (`sub`)'],
]);

/** In words of ours: those of the library may quote the token. */
function reasonOf(error: unknown): string {
  const claim = textAt(error, 'claim') ?? '';
  const code = isObject(error) ? String(error['code']) : '';
  return CLAIMS.get(claim) ?? REASONS.get(code) ?? 'cannot be read';
}
