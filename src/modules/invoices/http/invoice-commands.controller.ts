import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { LONG_LISTS } from '../../../platform/http/raw-body';
import { answerCommand } from '../../payments/payments.facade';
import { type InvoiceResult } from '../actions/create-invoice';
import { CreditInvoice } from '../actions/credit-invoice';
import { InvoiceFromPayment } from '../actions/invoice-from-payment';
import { IssueInvoice } from '../actions/issue-invoice';
import { PayInvoice } from '../actions/pay-invoice';
import { FindInvoice, invoiceIdOf } from './find-invoice';
import { toCreditInput, toFromPaymentInput, toPayInput } from './command-inputs';
import * as requests from './invoice.requests';
import * as bodies from './invoices.bodies';
import * as docs from './invoice-commands.docs';

interface Answering {
  readonly caller: Caller;
  readonly base: string;
  readonly reply: FastifyReply;
}

@ApiTags('Invoices')
@Access('staff')
@Controller('api/invoices')
export class InvoiceCommandsController {
  constructor(
    private readonly invoices: FindInvoice,
    private readonly issueInvoice: IssueInvoice,
    private readonly creditInvoice: CreditInvoice,
    private readonly payInvoice: PayInvoice,
    private readonly invoiceFromPayment: InvoiceFromPayment,
  ) {}

  @Post(':id/issue')
  @Documented(docs.issue)
  @ApiParam(docs.draftIdParam)
  @ApiBody(bodies.issueBody)
  async issue(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _body: requests.IssueInvoiceRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = { caller, idempotency, id: invoiceIdOf(id) };
    return this.answer(await this.issueInvoice.execute(command), { caller, base, reply });
  }

  @Post(':id/credit')
  @RouteConfig(LONG_LISTS)
  @Documented(docs.credit)
  @ApiParam(docs.creditIdParam)
  @ApiBody(bodies.creditBody)
  async credit(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() body: requests.CreditInvoiceRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = toCreditInput({ caller, idempotency, id: invoiceIdOf(id) }, body);
    const note = await this.answer(await this.creditInvoice.execute(input), {
      caller,
      base,
      reply,
    });
    void reply.header('Location', note._links.self);
    return note;
  }

  @Post(':id/pay')
  @Access('staff', 'user')
  @Documented(docs.pay)
  @ApiParam(docs.payIdParam)
  @ApiBody(bodies.payBody)
  async pay(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() body: requests.PayInvoiceRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = toPayInput({ caller, idempotency, id: invoiceIdOf(id) }, body);
    const result = await this.payInvoice.execute(input);
    return answerCommand(reply, { base, result, status: result.isNew ? 201 : 200 });
  }

  @Post('from-payment/:payment')
  @Documented(docs.fromPayment)
  @ApiParam(docs.paymentParam)
  @ApiBody(bodies.fromPaymentBody)
  async fromPayment(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('payment') payment: string,
    @Body() body: requests.InvoiceFromPaymentRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const input = toFromPaymentInput({ caller, idempotency, payment }, body);
    const made = await this.invoiceFromPayment.execute(input);
    const invoice = await this.answer(made, { caller, base, reply });
    void reply.header('Location', invoice._links.self);
    return invoice;
  }

  private answer({ id, replayed }: InvoiceResult, { caller, base, reply }: Answering) {
    if (replayed) void reply.header('Idempotent-Replayed', 'true');
    return this.invoices.showMade(caller, { id, replayed, base });
  }
}
