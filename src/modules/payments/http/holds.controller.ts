import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { Access, CurrentCaller } from '../../../platform/auth/access';
import { type Caller } from '../../../platform/auth/caller';
import { BaseUrl } from '../../../platform/http/base-url';
import { Documented } from '../../../platform/http/documented';
import { Idempotency, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { CapturePayment } from '../actions/capture-payment';
import { ReauthorizePayment } from '../actions/reauthorize-payment';
import { answerCommand } from './answer-command';
import { FindPayment } from './find-payment';
import { CapturePaymentRequest } from './hold.requests';
import * as docs from './holds.docs';
import { EmptyRequest } from './payment.requests';
import { emptyBody } from './payments.bodies';
import { idParam } from './payments.docs';

/** Payments whose money is held; cancel, which sets it free, is a route of every payment. */
@ApiTags('Payments')
@Access('staff', 'user')
@Controller('api/payments')
export class HoldsController {
  constructor(
    private readonly payments: FindPayment,
    private readonly capturePayment: CapturePayment,
    private readonly reauthorizePayment: ReauthorizePayment,
  ) {}

  @Post(':id/capture')
  @Documented(docs.capture)
  @ApiParam(idParam)
  @ApiBody(docs.captureBody)
  async capture(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() body: CapturePaymentRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byId(caller, id);
    const amountMinor = typeof body.amount === 'number' ? BigInt(body.amount) : null;
    const wish = { amountMinor, isFinal: body.final ?? null };
    const result = await this.capturePayment.execute({ caller, idempotency, payment, ...wish });
    return answerCommand(reply, { base, result, status: 200 });
  }

  @Post(':id/reauthorize')
  @Documented(docs.reauthorize)
  @ApiParam(idParam)
  @ApiBody(emptyBody)
  async reauthorize(
    @CurrentCaller() caller: Caller,
    @Idempotency() idempotency: IdempotencyClaim | null,
    @Param('id') id: string,
    @Body() _body: EmptyRequest,
    @BaseUrl() base: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const payment = await this.payments.byId(caller, id);
    const result = await this.reauthorizePayment.execute({ caller, idempotency, payment });
    return answerCommand(reply, { base, result, status: 200 });
  }
}
