import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import '../auth/fastify-request';
import { originFormOf } from './request-target';

const HOST = /^[\w.-]+(?::\d{1,5})?$|^\[[0-9a-f:]+\](?::\d{1,5})?$/i;

/** What links in an answer start with: `PUBLIC_URL`, or the host that the request was sent to. */
export function baseUrlOf(request: FastifyRequest): string {
  const { publicUrl } = request.server;
  if (publicUrl !== null) return publicUrl;
  const host = HOST.test(request.host) ? request.host : 'localhost';
  const scheme = request.protocol === 'https' ? 'https' : 'http';
  return `${scheme}://${host}`;
}

/** What links in the answer start with, such as `https://pay.example.com`. */
export const BaseUrl = createParamDecorator((_: unknown, context: ExecutionContext) =>
  baseUrlOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

/** The full address of the request itself, for `_links.self`. */
export function requestUrlOf(request: FastifyRequest): string {
  return `${baseUrlOf(request)}${originFormOf(request.url)}`;
}

export const RequestUrl = createParamDecorator((_: unknown, context: ExecutionContext) =>
  requestUrlOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
