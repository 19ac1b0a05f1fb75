import { ApiProperty } from '@nestjs/swagger';
import { exampleIds } from '../../../shared/example-ids';

/** What a payment pays for. */
export class PaymentSubjectResponse {
  @ApiProperty({ description: 'Its kind; more may come.', example: 'invoice' })
  kind!: string;

  @ApiProperty({ description: 'Its id.', example: exampleIds.overdueInvoice })
  id!: string;
}
