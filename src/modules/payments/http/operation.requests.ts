import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { PageQuery } from '../../../platform/http/page.request';
import {
  OPERATION_KINDS,
  OPERATION_STATES,
  type OperationKind,
  type OperationState,
  REVIEW_DECISIONS,
  type ReviewDecision,
} from '../storage/operation.row';
import { IsNote } from './note';

/** It becomes part of an address at the provider. */
const PROVIDER_ID = /^[A-Za-z0-9_-]{1,100}$/;

/** Which operations to list. */
export class ListOperationsQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Only operations in this state; left out: those that are not settled.',
    enum: OPERATION_STATES,
  })
  @IsOptional()
  @IsIn(OPERATION_STATES, { message: `Send one of ${OPERATION_STATES.join(', ')}.` })
  state?: OperationState;

  @ApiPropertyOptional({ description: 'Only operations of this kind.', enum: OPERATION_KINDS })
  @IsOptional()
  @IsIn(OPERATION_KINDS, { message: `Send one of ${OPERATION_KINDS.join(', ')}.` })
  kind?: OperationKind;
}

/** What a person decides about an operation, and why. */
export class ResolveOperationRequest {
  @ApiProperty({
    description:
      '`retry`: ask again, and send again under the same key; `link`: take the payment `provider_id` for the ' +
      'answer; `failed`: it did not happen.',
    enum: REVIEW_DECISIONS,
  })
  @IsIn(REVIEW_DECISIONS, { message: `Send one of ${REVIEW_DECISIONS.join(', ')}.` })
  decision!: ReviewDecision;

  @IsNote({
    description: 'Why, for colleagues: what was seen where.',
    example: 'Not in the dashboard of the provider, checked twice.',
  })
  note!: string;

  @ApiPropertyOptional({
    description:
      'The provider’s id of the payment or refund; with `link` only, and required there.',
    type: String,
    nullable: true,
    maxLength: 100,
    example: '5O190127TN364715T',
  })
  @IsOptional()
  @Matches(PROVIDER_ID, { message: 'Send the id as the provider shows it: letters and digits.' })
  provider_id?: string | null;

  @ApiPropertyOptional({
    description:
      'You looked for the charge where the provider shows everything, and it is not there; with `failed` only. Needed ' +
      'where the lists of the provider cannot tell; of other operations it says nothing. Should the provider tell later ' +
      'that it is paid, and name our reference, it is booked, and a `conflict`.',
    type: Boolean,
    nullable: true,
    example: true,
  })
  @IsOptional()
  @IsBoolean({ message: 'Send true or false.' })
  checked_at_provider?: boolean | null;
}
