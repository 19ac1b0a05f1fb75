import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import './fastify-request';
import { unauthorized } from '../http/http.errors';
import { type Caller, type Role } from './caller';

export const ACCESS = 'kassa:access';

/** Who may use a route: roles, or everybody without a key. With a route that does not say, nothing starts. */
export type AccessRule = readonly Role[] | 'public';

/** `@Access('staff', 'user')`: callers with one of these roles. Which objects they see is the action's business. */
export const Access = (...roles: [Role, ...Role[]]) => SetMetadata(ACCESS, roles);

/** No key needed: health, documentation, notifications. */
export const Public = () => SetMetadata(ACCESS, 'public');

export const TOKEN_SCHEME = 'kassa:token-scheme';

/** `Authorization: Token <key>` works here beside `Bearer <key>`: what older clients send. */
export const TakesToken = () =>
  applyDecorators(
    SetMetadata(TOKEN_SCHEME, true),
    ApiSecurity('token'),
    ApiBearerAuth('key'),
    ApiBearerAuth('oidc'),
  );

/** The caller that the access check found. Throws 401 on a route that is public. */
export function callerOf({ caller }: FastifyRequest): Caller {
  if (!caller) throw unauthorized('This route needs an API key.');
  return caller;
}

/** The authenticated caller of a route. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callerOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
