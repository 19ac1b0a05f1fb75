import { Injectable } from '@nestjs/common';
import { PayMethodLists } from '../pay-method-lists';
import { type ProviderPayMethod } from '../provider-parts';
import { ProviderRegistry } from '../provider-registry';
import { providerNotFound, unsupportedByProvider } from '../providers.errors';
import { unusableAnswer } from '../unusable-answer';

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
    throw unusableAnswer(provider, result);
  }
}
