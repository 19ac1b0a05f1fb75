import { Controller, Delete, Options, Patch, Post, Put, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Access, TakesToken } from '../../../platform/auth/access';
import { RAW_JSON_BODY } from '../../../platform/http/raw-body';
import { IgnoresUnknownQuery } from '../../../platform/http/unread-query.guard';
import { methodNotAllowed } from '../compatibility.errors';

const EVERYWHERE = ['', ':uuid', ':uuid/pdf'];

/** Invoices of the older API are only read. */
@ApiExcludeController()
@Access('staff', 'user')
@TakesToken()
@IgnoresUnknownQuery()
@Controller('api/paypal-invoices')
export class WrongInvoiceMethodsController {
  @Post(EVERYWHERE)
  @RouteConfig(RAW_JSON_BODY)
  post(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    return refuse(request, reply);
  }

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
}

function refuse(request: FastifyRequest, reply: FastifyReply): never {
  void reply.header('Allow', 'GET');
  throw methodNotAllowed(`Method "${request.method}" not allowed.`);
}
