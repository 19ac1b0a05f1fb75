import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import { type JsonObject } from '../../../shared/json';
import { SUBJECT_LENGTH_MAX } from '../../../platform/auth/caller';
import { OptionalText } from '../../../platform/http/request-fields';
import { IsSmallObject } from '../../../platform/http/small-object';

/** Owners that one customer has at most. */
const OWNERS_MAX = 50;

/** Who and where a customer is; an empty text says that nothing is known, one of spaces only hides it. */
const VisibleText = (max: number, description: string, example: string) =>
  applyDecorators(
    OptionalText(max, description, example),
    Matches(/^$|\S/, { message: 'Send a text that is not only spaces, or null.' }),
  );

/** What may be said about a customer; everything is optional, `null` clears a field. */
export class CreateCustomerRequest {
  @VisibleText(200, 'Name for people.', 'Walter Lebowski')
  name?: string | null;

  @ApiPropertyOptional({
    description: 'E-mail address.',
    type: String,
    nullable: true,
    example: 'walter@example.com',
  })
  @IsOptional()
  @IsEmail({}, { message: 'Send an e-mail address such as walter@example.com.' })
  email?: string | null;

  @VisibleText(100, 'First name.', 'Walter')
  first_name?: string | null;

  @VisibleText(100, 'Last name.', 'Lebowski')
  last_name?: string | null;

  @VisibleText(200, 'Company.', 'Sobchak Security')
  company_name?: string | null;

  @VisibleText(200, 'Street and number.', 'Keizersgracht 1')
  address?: string | null;

  @VisibleText(20, 'Postal code.', '1015 CN')
  postal?: string | null;

  @VisibleText(100, 'City.', 'Amsterdam')
  city?: string | null;

  @ApiPropertyOptional({
    description: 'ISO 3166-1 alpha-2 country.',
    type: String,
    nullable: true,
    example: 'NL',
  })
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: 'Send the two capital letters of ISO 3166-1, such as NL.' })
  country?: string | null;

  @VisibleText(30, 'VAT identification number.', 'NL123456789B01')
  vat_number?: string | null;

  @OptionalText(40, 'Telephone number.', '+31 20 123 4567')
  phone_number?: string | null;

  @OptionalText(35, 'Language for pages and documents.', 'nl')
  locale?: string | null;

  @OptionalText(100, 'Your own reference.', 'shop-customer-17')
  reference?: string | null;

  @ApiPropertyOptional({
    description: 'Your own data, returned as given; at most 8 kB.',
    type: 'object',
    additionalProperties: true,
    example: { plan: 'premium' },
  })
  @IsOptional()
  @IsObject({ message: 'Send an object, such as {"plan": "premium"}.' })
  @IsSmallObject()
  metadata?: JsonObject;

  @ApiPropertyOptional({
    description:
      'Subjects of the keys and tokens (`oidc:…`) that own the customer. Staff only; a user owns what it creates.',
    type: [String],
    example: ['walter'],
  })
  @IsOptional()
  @IsArray({ message: 'Send a list of subjects.' })
  @ArrayNotEmpty({ message: 'Name at least one owner, or leave the field out.' })
  @ArrayMaxSize(OWNERS_MAX)
  @ArrayUnique({ message: 'Name every owner once.' })
  @IsString({ each: true })
  @Length(1, SUBJECT_LENGTH_MAX, { each: true })
  owners?: string[];
}

/** Fields that are left out stay as they are. */
export class UpdateCustomerRequest extends CreateCustomerRequest {}
