import { type Clock } from '../../shared/clock';
import { type CallResult } from '../provider-call';
import { type MandateOps, type MandateOrder, type ProviderMandate } from '../provider-parts';
import { type ProviderReply } from '../provider-reply';
import { type PayproClient } from './paypro.client';
import { withLostCustomer } from './paypro.lost-customer';
import {
  type PayproMandate,
  type PayproMandatePage,
  readMandate,
  readMandatePage,
} from './paypro.mandates.wire';
import { toResult } from './paypro.outcome';

/** 500 mandates. A customer with more of them needs a person anyway. */
const PAGES_MAX = 5;
/** A caller waits for it. */
const LIST_MS = 20_000;

/** PayPro's words; that there are no others is not documented. https://docs.paypro.nl/reference/api/mandates */
const STATES: ReadonlyMap<string, ProviderMandate['state']> = new Map([
  ['pending', 'pending'],
  ['approved', 'approved'],
]);

/** Mandates at PayPro: made of a bank account here, or by the first payment that sets one up. None can be canceled. */
export class PayproMandates implements MandateOps {
  constructor(private readonly tools: { readonly client: PayproClient; readonly clock: Clock }) {}

  async create(order: MandateOrder): Promise<CallResult<ProviderMandate>> {
    const { providerCustomer: customer, iban, accountHolderName } = order;
    const mandate = { customer, pay_method: 'direct-debit', iban } as const;
    const wish = { ...mandate, account_holder_name: accountHolderName };
    const reply = await this.tools.client.createMandate(wish);
    return withLostCustomer(reply, toMandateResult(reply));
  }

  async read(mandateId: string): Promise<CallResult<ProviderMandate>> {
    return toMandateResult(await this.tools.client.getMandate(mandateId));
  }

  async list(providerCustomer: string): Promise<CallResult<readonly ProviderMandate[]>> {
    const { client, clock } = this.tools;
    const endMs = clock.now().getTime() + LIST_MS;
    const found: ProviderMandate[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < PAGES_MAX; pages++) {
      const leftMs = endMs - clock.now().getTime();
      if (leftMs <= 0) return uncertain('list_timeout', 'The lists took too long to read.');
      const reply = await client.listMandates(providerCustomer, { cursor, leftMs });
      const page: CallResult<PayproMandatePage> = toResult(reply, readMandatePage);
      if (page.outcome !== 'done') return page;
      found.push(...page.value.mandates.map(toProviderMandate));
      cursor = page.value.nextCursor;
      if (cursor === null) return { outcome: 'done', value: found };
    }
    return uncertain(
      'too_many_pages',
      `The customer has more than ${PAGES_MAX} pages of mandates.`,
    );
  }
}

/** What a reply says about one mandate. */
export function toMandateResult(reply: ProviderReply): CallResult<ProviderMandate> {
  return toResult(reply, (body) => {
    const mandate = readMandate(body);
    return mandate && toProviderMandate(mandate);
  });
}

function toProviderMandate(mandate: PayproMandate): ProviderMandate {
  return {
    mandateId: mandate.id,
    state: STATES.get(mandate.state) ?? 'unknown',
    providerState: mandate.state,
    providerCustomer: mandate.customer,
    payMethod: mandate.pay_method,
    createdAt: mandate.created_at,
  };
}

function uncertain(code: string, message: string): CallResult<never> {
  return { outcome: 'unknown', trouble: { code, message, reference: null } };
}
