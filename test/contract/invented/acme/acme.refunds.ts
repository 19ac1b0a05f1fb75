import { type CallResult } from '../../../../src/providers/provider-call';
import {
  type ProviderRefund,
  type RefundIds,
  type RefundOps,
  type RefundOrder,
} from '../../../../src/providers/provider-parts';
import { type AcmeClient } from './acme.client';
import { toResult } from './acme.outcome';
import { toNewReturn, toProviderRefund } from './acme.translate';
import { readItems, readReturn, type AcmeReturn } from './acme.wire';

/** Money back to the payer; Acme calls it a return. */
export class AcmeRefunds implements RefundOps {
  /** Acme recognises a key for ever; a day is enough. */
  readonly repeatMs = 24 * 3_600_000;

  constructor(private readonly client: AcmeClient) {}

  async refund(order: RefundOrder): Promise<CallResult<ProviderRefund>> {
    const call = { id: order.providerId, key: order.key };
    return toShown(toResult(await this.client.createReturn(call, toNewReturn(order)), readReturn));
  }

  async read({ refundId }: RefundIds): Promise<CallResult<ProviderRefund>> {
    return toShown(toResult(await this.client.getReturn(refundId), readReturn));
  }

  async list(providerId: string): Promise<CallResult<readonly ProviderRefund[]>> {
    const listed = toResult(await this.client.listReturns(providerId), (body) =>
      readItems(body, readReturn),
    );
    if (listed.outcome !== 'done') return listed;
    const found: ProviderRefund[] = [];
    for (const one of listed.value) {
      const shown = toProviderRefund(one);
      if (shown.outcome !== 'done') return shown;
      found.push(shown.value);
    }
    return { outcome: 'done', value: found };
  }
}

function toShown(result: CallResult<AcmeReturn>): CallResult<ProviderRefund> {
  return result.outcome === 'done' ? toProviderRefund(result.value) : result;
}
