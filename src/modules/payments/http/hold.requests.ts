import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, Max, Min } from 'class-validator';
import { AMOUNT_HELP, AMOUNT_MAX } from './payment.requests';

/** How much of the held money to take. */
export class CapturePaymentRequest {
  @ApiPropertyOptional({
    description:
      'Minor units, at most `authorization.capturable_amount`; left out: all that is left.',
    type: 'integer',
    minimum: 1,
    maximum: AMOUNT_MAX,
    nullable: true,
    example: 400,
  })
  @IsOptional()
  @Max(AMOUNT_MAX, { message: AMOUNT_HELP })
  @Min(1, { message: AMOUNT_HELP })
  @IsInt({ message: AMOUNT_HELP })
  amount?: number | null;

  @ApiPropertyOptional({
    description:
      'Whether this is the last capture: the rest is set free and the payment is `paid`. Left out: true for ' +
      'a capture of all that is left, and false for any other.',
    type: Boolean,
    nullable: true,
  })
  @IsOptional()
  @IsBoolean({ message: 'Send true or false.' })
  final?: boolean | null;
}
