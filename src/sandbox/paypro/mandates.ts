import { type Answer } from '../http/answer';
import { isObject, type JsonObject, textMember } from '../http/json';
import { payproId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { findCustomer } from './customers';
import { invalid, notFound } from './errors';
import { isIban } from './iban';
import { type Mandate } from './mandate';
import { listPage } from './paging';
import { seconds } from './time';

/** `POST /mandates`, for direct debits only; all others come from a first payment. */
export function createMandate(sandbox: Sandbox, call: PayProCall): Answer {
  const body = isObject(call.body) ? call.body : {};
  const customer = findCustomer(sandbox, { ...call, id: textMember(body, 'customer') ?? '' });
  if (!customer) return invalid('customer', 'No customer has this id');
  if (body['pay_method'] !== 'direct-debit') {
    return invalid('pay_method', 'pay_method must be direct-debit');
  }
  const refusal = accountRule(body);
  if (refusal) return refusal;
  const iban = textMember(body, 'iban') ?? null;
  const accountHolderName = textMember(body, 'account_holder_name') ?? null;
  const mandate: Mandate = {
    id: payproId('MD'),
    account: call.account,
    // Nothing is left to ask the customer when the account is known.
    state: iban === null || accountHolderName === null ? 'pending' : 'approved',
    customer: customer.id,
    payMethod: 'direct-debit',
    iban,
    accountHolderName,
    createdAt: seconds(sandbox.store.now()),
  };
  sandbox.store.commit({ kind: 'paypro.mandate', value: mandate });
  return { status: 201, body: mandateView(sandbox, mandate) };
}

export function getMandate(sandbox: Sandbox, call: PayProCall): Answer {
  const mandate = findMandate(sandbox, call);
  return mandate ? { status: 200, body: mandateView(sandbox, mandate) } : notFound();
}

export function listMandates(sandbox: Sandbox, call: PayProCall): Answer {
  const all = mandatesOf(sandbox, call);
  const view = (mandate: Mandate) => mandateView(sandbox, mandate);
  return listPage(sandbox, call, { path: '/mandates', all, view });
}

export function listCustomerMandates(sandbox: Sandbox, call: PayProCall): Answer {
  const customer = findCustomer(sandbox, call);
  if (!customer) return notFound();
  return listPage(sandbox, call, {
    path: `/customers/${customer.id}/mandates`,
    all: mandatesOf(sandbox, call).filter((mandate) => mandate.customer === customer.id),
    view: (mandate) => mandateView(sandbox, mandate),
  });
}

export function findMandate(
  { store }: Sandbox,
  { account, id }: { account: string; id: string },
): Mandate | undefined {
  const mandate = store.mandates.get(id);
  return mandate?.account === account ? mandate : undefined;
}

function mandatesOf({ store }: Sandbox, { account }: PayProCall): Mandate[] {
  return [...store.mandates.values()].filter((mandate) => mandate.account === account);
}

function accountRule({ iban, account_holder_name: holder }: JsonObject): Answer | undefined {
  const given = (value: unknown) => value !== undefined && value !== null;
  if (given(iban) && !(typeof iban === 'string' && isIban(iban))) {
    return invalid('iban', 'iban is not an IBAN');
  }
  if (given(holder) && !(typeof holder === 'string' && holder.trim() !== '')) {
    return invalid('account_holder_name', 'account_holder_name must be a text');
  }
  return undefined;
}

/** The account behind it is not shown. */
function mandateView(sandbox: Sandbox, mandate: Mandate): JsonObject {
  const base = `${sandbox.publicUrl()}/paypro`;
  return {
    id: mandate.id,
    type: 'mandate',
    state: mandate.state,
    customer: mandate.customer,
    pay_method: mandate.payMethod,
    created_at: mandate.createdAt,
    _links: {
      self: `${base}/mandates/${mandate.id}`,
      customer: `${base}/customers/${mandate.customer}`,
    },
  };
}
