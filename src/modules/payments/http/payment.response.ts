import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';
import { type JsonObject } from '../../../shared/json';
import { PAYMENT_STATES, type PaymentState } from '../domain/payment-lifecycle';
import { OPERATION_KINDS } from '../storage/operation.row';
import { AuthorizationResponse } from './authorization.response';
import { PaymentSubjectResponse } from './payment-subject.response';

const nullable = (description: string, example: string | null = null) => ({
  description,
  type: String,
  nullable: true,
  example,
});

const nullableUrl = (description: string) => ({ ...nullable(description), format: 'uri' });
const nullableTime = (description: string) => ({ ...nullable(description), format: 'date-time' });
const integer = (description: string, example: number) => ({
  description,
  type: 'integer' as const,
  example,
});

/** How the payer pays or paid. */
export class PaidWithResponse {
  @ApiProperty({ description: 'The provider’s word for it.', example: 'ideal' })
  id!: string;

  @ApiProperty({ description: 'Always `pay_method`.', enum: ['pay_method'] })
  type!: 'pay_method';
}

/** Something that was asked of the provider and is not finished. */
export class OperationResponse {
  @ApiProperty({ description: 'Id of the operation.', example: 'op_01kacwhz00e00800000000000q' })
  id!: string;

  @ApiProperty({ description: 'What was asked.', enum: OPERATION_KINDS })
  kind!: string;

  @ApiProperty({
    description: '`unsettled`: being found out; `needs_review`: a person must say.',
    enum: ['unsettled', 'needs_review'],
  })
  state!: string;
}

/** Why a payment failed. */
export class PaymentErrorResponse {
  @ApiProperty({ description: 'The provider’s code.', example: 'PAYER_CANNOT_PAY' })
  code!: string;

  @ApiProperty({ description: 'The provider’s words.' })
  message!: string;
}

/** Where to go from a payment; a link is null when the step is not possible now. */
export class PaymentLinks {
  @ApiProperty({ description: 'This payment.', format: 'uri' })
  self!: string;

  @ApiProperty(nullableUrl('Where the payer agrees.'))
  checkout!: string | null;

  @ApiProperty(nullableUrl('POST here once the payer came back.'))
  approve!: string | null;

  @ApiProperty(nullableUrl('POST here to make it unpayable.'))
  cancel!: string | null;

  @ApiProperty(nullableUrl('POST here to take money that is held.'))
  capture!: string | null;

  @ApiProperty(nullableUrl('POST here to renew the hold.'))
  reauthorize!: string | null;

  @ApiProperty({ description: 'POST here to ask the provider now.', format: 'uri' })
  refresh!: string;

  @ApiProperty({ description: 'What happened so far.', format: 'uri' })
  timeline!: string;

  @ApiProperty(nullableUrl('Who pays.'))
  customer!: string | null;
}

/** A payment at one provider. */
export class PaymentResponse {
  @ApiProperty({ description: 'Id of the payment.', example: exampleIds.openPaypal })
  id!: string;

  @ApiProperty({ description: 'Always `payment`.', enum: ['payment'] })
  type!: 'payment';

  @ApiProperty({ description: 'The provider account that takes it.', example: 'paypal' })
  provider!: string;

  @ApiProperty({
    description:
      'Why that account: named in the request, the default, or the first that can. `provider`: it made the payment ' +
      'itself, for a subscription or an installment plan.',
    enum: ['requested', 'default', 'first_suitable', 'provider'],
  })
  provider_reason!: string;

  @ApiProperty({ description: 'Where it stands; more words may come.', enum: PAYMENT_STATES })
  state!: PaymentState;

  @ApiProperty(integer('Amount in minor units: 1000 is EUR 10.00.', 1000))
  amount!: number;

  @ApiProperty({ description: 'The same as a decimal text.', example: '10.00' })
  amount_decimal!: string;

  @ApiProperty({ description: 'ISO 4217 code.', example: 'EUR' })
  currency!: string;

  @ApiProperty(integer('Money that the provider holds for it, in minor units.', 0))
  captured_amount!: number;

  @ApiProperty({ description: 'The same as a decimal text.', example: '0.00' })
  captured_amount_decimal!: string;

  @ApiProperty(integer('Money given back, in minor units.', 0))
  refunded_amount!: number;

  @ApiProperty({ description: 'The same as a decimal text.', example: '0.00' })
  refunded_amount_decimal!: string;

  @ApiProperty({
    description: '`manual`: the money is held first, and taken by `capture`.',
    enum: ['automatic', 'manual'],
  })
  capture_method!: 'automatic' | 'manual';

  @ApiProperty({
    description: 'What the provider holds or held; null where the money is taken at once.',
    type: AuthorizationResponse,
    nullable: true,
  })
  authorization!: AuthorizationResponse | null;

  @ApiProperty(nullable('Shown to the payer.', 'Order 1234'))
  description!: string | null;

  @ApiProperty({
    description: 'How it was paid, once known.',
    type: PaidWithResponse,
    nullable: true,
  })
  pay_method!: PaidWithResponse | null;

  @ApiProperty({ description: 'The methods that were allowed; empty: all.', type: [String] })
  pay_methods!: readonly string[];

  @ApiProperty(nullableUrl('Where the payer goes afterwards, as given.'))
  return_url!: string | null;

  @ApiProperty(nullableUrl('Where the payer goes after canceling, as given.'))
  cancel_url!: string | null;

  @ApiProperty(nullableUrl('Where the payer agrees; only while the payment is open.'))
  checkout_url!: string | null;

  @ApiProperty({
    description: 'Your own data, returned as given.',
    type: 'object',
    additionalProperties: true,
  })
  metadata!: JsonObject;

  @ApiProperty(nullable('Who pays.', exampleIds.customer))
  customer!: string | null;

  @ApiProperty({
    description: 'What it pays for; null for nothing in particular. One payment at a time can.',
    type: PaymentSubjectResponse,
    nullable: true,
  })
  subject!: PaymentSubjectResponse | null;

  @ApiProperty({ description: 'Whether paying sets up a mandate.', type: Boolean })
  setup_mandate!: boolean;

  @ApiProperty({
    description: 'Whether the money is taken as soon as we hear that the payer agreed.',
    type: Boolean,
  })
  auto_approve!: boolean;

  @ApiProperty(nullable('The mandate it is charged on or set up.'))
  mandate!: string | null;

  @ApiProperty(nullable('The subscription it belongs to.'))
  subscription!: string | null;

  @ApiProperty(nullable('The installment plan it belongs to.'))
  installment_plan!: string | null;

  @ApiProperty(nullable('Language of the pay page.', 'en'))
  locale!: string | null;

  @ApiProperty(nullable('The provider’s id of it.', '5O190127TN364715T'))
  provider_payment_id!: string | null;

  @ApiProperty(nullable('The provider’s own word for where it stands.', 'PAYER_ACTION_REQUIRED'))
  provider_state!: string | null;

  @ApiProperty(nullable('The provider’s id of who agreed.'))
  payer_id!: string | null;

  @ApiProperty(nullableTime('When the payer agreed.'))
  payer_agreed_at!: string | null;

  @ApiProperty({
    description:
      'How it was canceled: by a call to the provider, by voiding a hold, or only here (never to be captured).',
    type: String,
    enum: ['provider', 'void', 'local', null],
    nullable: true,
  })
  canceled_via!: 'provider' | 'void' | 'local' | null;

  @ApiProperty(nullable('Set when the provider and we disagree; a person must look.'))
  conflict!: string | null;

  @ApiProperty({ description: 'Why it failed.', type: PaymentErrorResponse, nullable: true })
  error!: PaymentErrorResponse | null;

  @ApiProperty({
    description: 'What is not finished; null when all is settled.',
    type: OperationResponse,
    nullable: true,
  })
  operation!: OperationResponse | null;

  @ApiProperty(nullableTime('When the money came.'))
  paid_at!: string | null;

  @ApiProperty({ description: 'When it was created.', format: 'date-time' })
  created_at!: string;

  @ApiProperty({ description: 'When it last changed.', format: 'date-time' })
  updated_at!: string;

  @ApiProperty({ description: 'Where to go from here.' })
  _links!: PaymentLinks;
}
