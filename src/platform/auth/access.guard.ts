import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { forbidden } from '../http/http.errors';
import { RateLimits } from '../limits/rate-limits';
import { ACCESS, type AccessRule, TOKEN_SCHEME } from './access';
import { Authentication, type Exchange } from './authentication';
import { type Caller } from './caller';
import { type Schemes } from './credentials';

interface RouteAccess {
  readonly rule: AccessRule | undefined;
  readonly schemes: Schemes;
}

/** Authenticates every request and compares the caller's role with the route's rule; without a rule it is closed. */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly routes = new Map<unknown, RouteAccess>();

  constructor(
    private readonly authentication: Authentication,
    private readonly limits: RateLimits,
    private readonly reflector: Reflector,
  ) {}

  /** Waits only for a caller who has to be looked up: most came a moment ago. Public routes are free of limits. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const { rule, schemes } = this.accessOf(context);
    if (rule === 'public') return true;
    const http = context.switchToHttp();
    const exchange = {
      request: http.getRequest<FastifyRequest>(),
      reply: http.getResponse<FastifyReply>(),
    };
    const found = this.authentication.callerOf(exchange, schemes);
    if (!(found instanceof Promise)) return this.admit(exchange, found, rule);
    return found.then((caller) => this.admit(exchange, caller, rule));
  }

  private admit(
    { request, reply }: Exchange,
    caller: Caller,
    rule: AccessRule | undefined,
  ): boolean {
    request.caller = caller;
    this.limits.countCaller(caller, reply);
    if (rule?.includes(caller.role)) return true;
    throw forbidden(`The role ${caller.role} may not do this. Use a staff key.`);
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
