import { type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../../shared/app-error';
import { unauthorized } from '../http/http.errors';
import { type RateLimits } from '../limits/rate-limits';
import { type Caller } from './caller';
import { type CredentialKind } from './credential-kind';
import { BELIEVED_MS } from './remembered-callers';
import { type Credential, findCredential, missingCredential, type Schemes } from './credentials';

/** A request and where its answer goes. */
export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Where keys and tokens are taken; the `Token` scheme of older clients is for keys alone. */
export interface CredentialKinds {
  readonly keys: CredentialKind;
  /** Null: there is no OIDC issuer. */
  readonly tokens: CredentialKind | null;
}

interface Found {
  readonly kind: CredentialKind;
  readonly text: string;
}

/** Somebody is being looked up. */
interface Question {
  readonly answer: Promise<Caller>;
  /** Milliseconds of `performance.now()`. */
  readonly askedAtMs: number;
}

/** Finds out who sends a request, and how often somebody may try who is not recognised. */
export class Authentication {
  /** By the text of the credential; no more than there are requests under way. */
  private readonly asked = new Map<string, Question>();

  constructor(
    private readonly kinds: CredentialKinds,
    private readonly limits: RateLimits,
  ) {}

  /** At once where the credential was good a moment ago. Throws 401, 429 or 503. */
  callerOf(exchange: Exchange, schemes: Schemes): Caller | Promise<Caller> {
    const { authorization } = exchange.request.headers;
    const credential = findCredential(authorization, schemes);
    const kind = credential && this.kindOf(credential);
    const remembered = kind?.recall(credential?.text ?? '');
    if (remembered) return remembered;
    if (kind && credential) return this.meet(exchange, { kind, text: credential.text });
    this.limits.countStranger(exchange.request, exchange.reply);
    if (!credential) throw missingCredential(authorization, schemes);
    throw unauthorized(`This is no ${this.kinds.tokens ? 'API key and no token' : 'API key'}.`, {
      credentials: 'unknown',
    });
  }

  private kindOf({ text, isToken }: Credential): CredentialKind | null {
    const { keys, tokens } = this.kinds;
    if (keys.fits(text)) return keys;
    return !isToken && tokens?.fits(text) ? tokens : null;
  }

  /**
   * Whoever comes with the same credential meanwhile gets the same answer: after a restart all connections of a shop
   * come at once, and that is neither many questions nor many strangers.
   */
  private meet(exchange: Exchange, found: Found): Promise<Caller> {
    const askedAtMs = performance.now();
    const before = this.asked.get(found.text);
    if (before && askedAtMs - before.askedAtMs < BELIEVED_MS) return before.answer;
    const answer = this.ask(exchange, found).finally(() => {
      if (this.asked.get(found.text)?.answer === answer) this.asked.delete(found.text);
    });
    this.asked.set(found.text, { answer, askedAtMs });
    return answer;
  }

  /** Counted before it is known whether it was right, so that not even guesses at the same time are free. */
  private async ask({ request, reply }: Exchange, { kind, text }: Found): Promise<Caller> {
    if (kind.knows(text)) return kind.recognise(text);
    this.limits.countStranger(request, reply);
    try {
      const caller = await kind.recognise(text);
      this.limits.forgiveStranger(request, reply);
      return caller;
    } catch (error) {
      const isRefusal = error instanceof AppError && error.code === unauthorized.code;
      if (!isRefusal) this.limits.forgiveStranger(request, reply);
      throw error;
    }
  }
}
