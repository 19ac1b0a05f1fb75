import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { PAYMENT_STATES, type PaymentState } from '../domain/payment-lifecycle';

/** Longer than this, and load balancers close the connection; ask again instead. */
const WAIT_MAX_S = 20;

/** How to read one payment. */
export class FindPaymentQuery {
  @ApiPropertyOptional({
    description:
      'Seconds to wait for a change, 0 to 20: the answer comes as soon as the payment changes, or after that ' +
      'time. Nothing but waiting is done; the provider is not asked.',
    type: 'integer',
    minimum: 0,
    maximum: WAIT_MAX_S,
    default: 0,
  })
  @IsOptional()
  @Matches(/^(?:\d|1\d|20)$/, { message: `Send whole seconds from 0 to ${WAIT_MAX_S}.` })
  wait?: string;

  @ApiPropertyOptional({
    description:
      'With `wait`: the state that you know. When the payment is in another one already, it is answered at once, ' +
      'so that no change is missed between two requests.',
    enum: PAYMENT_STATES,
  })
  @IsOptional()
  @IsIn(PAYMENT_STATES, { message: `Send one of ${PAYMENT_STATES.join(', ')}.` })
  known_state?: PaymentState;
}
