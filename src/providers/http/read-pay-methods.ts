import { Injectable } from '@nestjs/common';
import { type AppError } from '../../shared/app-error';
import { PayMethodLists } from '../pay-method-lists';
import { type CallResult, troubleIn } from '../provider-call';
import { type PaymentProvider } from '../payment-provider';
import { type ProviderPayMethod } from '../provider-parts';
import { ProviderRegistry } from '../provider-registry';
import {
  providerAccountProblem,
  providerNotFound,
  providerRefused,
  providerUnavailable,
  unsupportedByProvider,
} from '../providers.errors';

/** Seconds after which a provider that gave no answer is worth another look. */
const RETRY_AFTER_S = 5;

type Unread = Exclude<CallResult<never>, { outcome: 'done' }>;

/** Asks an account for its pay methods, now. */
@Injectable()
export class ReadPayMethods {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly lists: PayMethodLists,
  ) {}

  async execute(account: string): Promise<readonly ProviderPayMethod[]> {
    const provider = this.registry.all.find((candidate) => candidate.account === account);
    if (!provider) throw providerNotFound('There is no provider account of this name.');
    const { payMethods, name } = provider;
    if (!payMethods) {
      throw unsupportedByProvider(`${name} (${account}) does not list its pay methods.`);
    }
    const result = await this.lists.read(account, payMethods);
    if (result.outcome === 'done') return result.value;
    throw toError(provider, result);
  }
}

function toError({ account, name }: PaymentProvider, result: Unread): AppError {
  const trouble = troubleIn(result);
  const { code, message } = trouble;
  const provider = { name: account, ...trouble };
  if (result.outcome !== 'refused') {
    const retryAfterS = result.outcome === 'not_sent' ? result.retryAfterS : RETRY_AFTER_S;
    const detail = `${name} gave no usable answer. Nothing was changed; try again.`;
    return providerUnavailable(detail, { provider, retryAfterS });
  }
  if (result.refusal.kind === 'merchant') {
    const detail = `The account ${account} at the provider needs attention (${code}).`;
    return providerAccountProblem(detail, { provider });
  }
  return providerRefused(`The provider did not accept this (${code}): ${message}`, { provider });
}
