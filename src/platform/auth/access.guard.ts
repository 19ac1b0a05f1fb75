import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { forbidden, unauthorized } from '../http/http.errors';
import { ACCESS, type AccessRule, TOKEN_SCHEME } from './access';
import { ApiKeys } from './api-keys';
import { type Caller } from './caller';
import { readKey, type Schemes } from './credentials';

interface RouteAccess {
  readonly rule: AccessRule | undefined;
  readonly schemes: Schemes;
}

/** Authenticates every request and compares the caller's role with the route's rule; without a rule it is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly routes = new Map<unknown, RouteAccess>();

  constructor(
    private readonly keys: ApiKeys,
    private readonly reflector: Reflector,
  ) {}

  /** Waits only for a key that has to be looked up: most requests come with one that was, a moment ago. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { rule, schemes } = this.accessOf(context);
    if (rule === 'public') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const found = this.keys.recognise(readKey(request.headers.authorization, schemes));
    if (!(found instanceof Promise)) return admit(request, found, rule);
    return found.then((caller) => admit(request, caller, rule));
  }

  /** What a route takes never changes while the program runs. */
  private accessOf(context: ExecutionContext): RouteAccess {
    const handler = context.getHandler();
    const known = this.routes.get(handler);
    if (known) return known;
    const targets = [handler, context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, targets);
    const takesToken = this.reflector.getAllAndOverride<true | undefined>(TOKEN_SCHEME, targets);
    const access: RouteAccess = { rule, schemes: takesToken ? 'bearer_or_token' : 'bearer' };
    this.routes.set(handler, access);
    return access;
  }
}

function admit(
  request: FastifyRequest,
  caller: Caller | null,
  rule: AccessRule | undefined,
): boolean {
  if (!caller) {
    const context = { credentials: 'unknown' } as const;
    throw unauthorized('The API key is unknown, expired or revoked.', context);
  }
  request.caller = caller;
  if (rule?.includes(caller.role)) return true;
  throw forbidden(`The role ${caller.role} may not do this. Use a staff key.`);
}
