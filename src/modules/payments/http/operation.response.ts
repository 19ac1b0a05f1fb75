import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';
import { PAYMENT_STATES, type PaymentState } from '../domain/payment-lifecycle';
import {
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
  REVIEW_DECISIONS,
  type ReviewDecision,
} from '../storage/operation.row';

const nullable = (description: string, example: string | null = null) => ({
  description,
  type: String,
  nullable: true,
  example,
});

const time = (description: string) => ({ description, format: 'date-time' });
const nullableTime = (description: string) => ({ ...nullable(description), format: 'date-time' });

/** Why nobody knows what became of an operation, or why it was refused. */
export class OperationErrorResponse {
  @ApiProperty({ description: 'The provider’s code, or ours.', example: 'repeat_window_over' })
  code!: string;

  @ApiProperty({ description: 'In words.' })
  message!: string;

  @ApiProperty(nullable('The id that the provider’s support asks for.'))
  reference!: string | null;
}

/** What a person decided last. */
export class OperationReviewResponse {
  @ApiProperty({ description: 'What was decided.', enum: REVIEW_DECISIONS })
  decision!: ReviewDecision;

  @ApiProperty({ description: 'Why, for colleagues.', example: 'Seen in the dashboard.' })
  note!: string;

  @ApiProperty({ description: 'Who decided.', example: 'alice' })
  by!: string;

  @ApiProperty(time('When.'))
  at!: string;
}

/** Something that a provider was asked to do, with all that staff need to settle it. */
export class StaffOperationResponse {
  @ApiProperty({ description: 'Id of the operation.', example: 'op_01kajwhz00e008000000000051' })
  id!: string;

  @ApiProperty({ description: 'Always `operation`.', enum: ['operation'] })
  type!: 'operation';

  @ApiProperty({ description: 'What was asked.', enum: OPERATION_KINDS })
  kind!: OperationKind;

  @ApiProperty({
    description:
      '`unsettled`: being found out; `needs_review`: a person must say; `succeeded` or `refused`: settled.',
    enum: OPERATION_STATES,
  })
  state!: OperationState;

  @ApiProperty({ description: 'The payment that it is about.', example: exampleIds.openPaypal })
  payment!: string;

  @ApiProperty({ description: 'Where that payment stands.', enum: PAYMENT_STATES })
  payment_state!: PaymentState;

  @ApiProperty({ description: 'The provider account that was asked.', example: 'paypal' })
  provider!: string;

  @ApiProperty(nullable('The provider’s id of the payment, as far as any answer named one.'))
  provider_payment_id!: string | null;

  @ApiProperty({
    description: 'What it is about, in minor units.',
    type: 'integer',
    example: 1000,
  })
  amount!: number;

  @ApiProperty({ description: 'The same as a decimal.', example: '10.00' })
  amount_decimal!: string;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty({ description: 'How often it was tried.', type: 'integer', example: 3 })
  attempts!: number;

  @ApiProperty(time('From then on the provider may have been asked.'))
  first_sent_at!: string;

  @ApiProperty(nullableTime('When it is looked at again; null once nobody does by itself.'))
  next_attempt_at!: string | null;

  @ApiProperty({
    description: 'What stands in the way; null when nothing does.',
    type: OperationErrorResponse,
    nullable: true,
  })
  error!: OperationErrorResponse | null;

  @ApiProperty({
    description: 'What a person decided last; the timeline of the payment has every decision.',
    type: OperationReviewResponse,
    nullable: true,
  })
  review!: OperationReviewResponse | null;

  @ApiProperty({ description: 'Who asked for it.', example: 'alice' })
  created_by!: string;

  @ApiProperty(time('When it was asked for.'))
  created_at!: string;

  @ApiProperty(nullableTime('When it was settled.'))
  settled_at!: string | null;
}
