import { Controller, Delete, Get, Options, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Access, TakesToken } from '../../../platform/auth/access';
import { RAW_JSON_BODY } from '../../../platform/http/raw-body';
import { IgnoresUnknownQuery } from '../../../platform/http/unread-query.guard';
import { methodNotAllowed } from '../compatibility.errors';

const PAYMENTS = 'paypal-payments';
const PAYMENT = `${PAYMENTS}/:uuid`;
const COMMANDS = [`${PAYMENTS}/approve`, `${PAYMENTS}/cancel`];
/** Only read. */
const INVOICES = ['paypal-invoices', 'paypal-invoices/:uuid', 'paypal-invoices/:uuid/pdf'];
const EVERYWHERE = [PAYMENTS, PAYMENT, ...COMMANDS, ...INVOICES];

/** Methods that the addresses of the older API never had: told so, after authentication, instead of "not found". */
@ApiExcludeController()
@Access('staff', 'user')
@TakesToken()
@IgnoresUnknownQuery()
@Controller('api')
export class WrongMethodsController {
  @Put(EVERYWHERE)
  @RouteConfig(RAW_JSON_BODY)
  put(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return refuse(request, reply);
  }

  @Patch(EVERYWHERE)
  @RouteConfig(RAW_JSON_BODY)
  patch(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return refuse(request, reply);
  }

  @Delete(EVERYWHERE)
  @RouteConfig(RAW_JSON_BODY)
  remove(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return refuse(request, reply);
  }

  @Options(EVERYWHERE)
  @RouteConfig(RAW_JSON_BODY)
  options(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return refuse(request, reply);
  }

  @Get(COMMANDS)
  get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return refuse(request, reply);
  }

  @Post([PAYMENT, ...INVOICES])
  @RouteConfig(RAW_JSON_BODY)
  post(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return refuse(request, reply);
  }
}

function refuse(request: FastifyRequest, reply: FastifyReply): never {
  void reply.header('Allow', allowedAt(request.routeOptions.url ?? ''));
  throw methodNotAllowed(`Method "${request.method}" not allowed.`);
}

function allowedAt(route: string): string {
  if (COMMANDS.some((command) => route.endsWith(command))) return 'POST';
  return route.endsWith(PAYMENTS) ? 'GET, POST' : 'GET';
}
