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

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.ruleOf(context);
    if (rule === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.caller = await this.authenticate(request);
    if (!rule?.includes(request.caller.role)) {
      throw forbidden(`The role ${request.caller.role} may not do this. Use a staff key.`);
    }
    return true;
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

  private async authenticate(request: FastifyRequest): Promise<Caller> {
    const header = request.headers.authorization;
    if (header === undefined) {
      throw unauthorized('Send `Authorization: Bearer <API key>`.');
    }
    const key = BEARER.exec(header)?.[1];
    if (key === undefined) {
      throw unauthorized('The Authorization header must read `Bearer <API key>`.');
    }
    const caller = await this.keys.recognise(key);
    if (!caller) throw unauthorized('The API key is unknown, expired or revoked.');
    return caller;
  }
}
