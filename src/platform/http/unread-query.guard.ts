import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { ACCESS, type AccessRule } from '../auth/access';
import { isObject } from '../../shared/json';
import { refusal, unknownField } from './validation';

const IGNORES_QUERY = 'kassa:ignores-query';

/** Query parameters that the route does not know mean nothing here, as they always did to its clients. */
export const IgnoresUnknownQuery = () => SetMetadata(IGNORES_QUERY, true);

/**
 * Refuses query parameters on routes that read none: a caller who sends one expects it to matter. Where a query
 * is read, its class refuses what it does not name. Public routes are left alone: probes add what they like.
 */
@Injectable()
export class UnreadQueryGuard implements CanActivate {
  /** By class and handler: what a route does with a query never changes while the program runs. */
  private readonly routes = new Map<unknown, Map<unknown, boolean>>();

  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const { query, url } = context.switchToHttp().getRequest<FastifyRequest>();
    // Most requests bring no query; what their route would do with one need not be looked up.
    if (!url.includes('?')) return true;
    if (this.takesQuery(context)) return true;
    const names = isObject(query) ? Object.keys(query) : [];
    if (names.length === 0) return true;
    throw refusal(names.map((name) => unknownField({ start: '?', name })));
  }

  private takesQuery(context: ExecutionContext): boolean {
    const [handler, owner] = [context.getHandler(), context.getClass()];
    const ofOwner = this.routes.get(owner) ?? new Map<unknown, boolean>();
    const known = ofOwner.get(handler);
    if (known !== undefined) return known;
    const targets = [handler, owner];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS, targets);
    const isIgnored = this.reflector.getAllAndOverride<true | undefined>(IGNORES_QUERY, targets);
    const takes = rule === 'public' || isIgnored === true || readsQuery(context);
    this.routes.set(owner, ofOwner.set(handler, takes));
    return takes;
  }
}

/** Nest keeps what a handler's parameters are as keys of the form `<type>:<index>`. */
function readsQuery(context: ExecutionContext): boolean {
  const { name } = context.getHandler();
  const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), name);
  const kinds = isObject(parameters) ? Object.keys(parameters) : [];
  return kinds.some((kind) => kind.startsWith(`${RouteParamtypes.QUERY}:`));
}
