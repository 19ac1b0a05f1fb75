import { readIban } from '../../../shared/iban';
import { type CreateMandateInput } from '../actions/create-mandate';
import { type CreateMandateRequest } from './mandate.requests';

/** A validated request as the action takes it. */
export function toCreateMandateInput(
  customerId: string,
  { provider, iban, account_holder_name: holder }: CreateMandateRequest,
): Pick<CreateMandateInput, 'customerId' | 'account' | 'iban' | 'accountHolderName'> {
  return {
    customerId,
    account: provider ?? null,
    iban: readIban(iban) ?? iban,
    accountHolderName: holder.trim(),
  };
}
