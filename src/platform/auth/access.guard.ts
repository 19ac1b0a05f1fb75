import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { forbidden, unauthorized } from '../http/http.errors';
import { ACCESS, type AccessRule } from './access';
import { ApiKeys } from './api-keys';
import { type Caller } from './caller';

const BEARER = /^Bearer +(\S+) *$/i;

/** Authenticates every request and compares the caller's role with the route's rule; without a rule it is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly rules = new Map<unknown, AccessRule>();

  constructor(
    private readonly keys: ApiKeys,
    private readonly reflector: Reflector,
  ) {}

  /** Waits only for a key that has to be looked up: most requests come with one that was, a moment ago. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.ruleOf(context);
    if (rule === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const found = this.keys.recognise(keyOf(request));
    if (!(found instanceof Promise)) return admit(request, found, rule);
    return found.then((caller) => admit(request, caller, rule));
  }

  /** A route's rule never changes while the program runs. */
  private ruleOf(context: ExecutionContext): AccessRule | undefined {
    const handler = context.getHandler();
    const known = this.rules.get(handler);
    if (known) return known;
    const targets = [handler, context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, targets);
    if (rule) this.rules.set(handler, rule);
    return rule;
  }
}

function keyOf({ headers }: FastifyRequest): string {
  if (headers.authorization === undefined) {
    throw unauthorized('Send `Authorization: Bearer <API key>`.');
  }
  const key = BEARER.exec(headers.authorization)?.[1];
  if (key === undefined) {
    throw unauthorized('The Authorization header must read `Bearer <API key>`.');
  }
  return key;
}

function admit(
  request: FastifyRequest,
  caller: Caller | null,
  rule: AccessRule | undefined,
): boolean {
  if (!caller) throw unauthorized('The API key is unknown, expired or revoked.');
  request.caller = caller;
  if (rule?.includes(caller.role)) return true;
  throw forbidden(`The role ${caller.role} may not do this. Use a staff key.`);
}
