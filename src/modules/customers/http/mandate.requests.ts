import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { IsIban } from '../../../platform/http/is-iban';

/** SEPA holds no more of a name. */
const HOLDER_MAX = 70;
/** 34 characters in groups of four, with room for careless spaces. */
const IBAN_MAX = 50;

const account = {
  description: 'Provider account; left out, the configuration chooses one that has mandates.',
  type: String,
  nullable: true,
  example: 'paypro',
};

/** A bank account that may be charged from now on. */
export class CreateMandateRequest {
  @ApiPropertyOptional(account)
  @IsOptional()
  @IsString({ message: 'Send the name of a provider account.' })
  @MaxLength(40)
  provider?: string | null;

  @ApiPropertyOptional({
    description: 'Always `direct-debit`: other mandates come from a payment with `setup_mandate`.',
    enum: ['direct-debit'],
    nullable: true,
  })
  @IsOptional()
  @IsIn(['direct-debit'], {
    message: 'Send direct-debit; other mandates come from a payment with setup_mandate.',
  })
  pay_method?: 'direct-debit' | null;

  @ApiProperty({
    description: 'The bank account, with or without spaces. It is passed on and not stored.',
    maxLength: IBAN_MAX,
    example: 'NL91 ABNA 0417 1643 00',
  })
  @MaxLength(IBAN_MAX, { message: `Send at most ${IBAN_MAX} characters.` })
  @IsIban()
  iban!: string;

  @ApiProperty({
    description: 'Whose bank account it is. It is passed on and not stored.',
    maxLength: HOLDER_MAX,
    example: 'S. de Vries',
  })
  @MaxLength(HOLDER_MAX, { message: `Send at most ${HOLDER_MAX} characters.` })
  @Matches(/\S/, { message: 'Send the name of the account holder.' })
  @IsString({ message: 'Send the name of the account holder.' })
  account_holder_name!: string;
}

/** Which mandates to look at. */
export class MandatesQuery {
  @ApiPropertyOptional({
    description: 'Only at this provider account; left out: at all that have mandates.',
    example: 'paypro',
  })
  @IsOptional()
  @Matches(/^[a-z0-9_]{1,40}$/, { message: 'Send the name of a provider account.' })
  provider?: string;
}
