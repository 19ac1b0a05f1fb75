import { type Answer } from '../http/answer';
import { isObject } from '../http/json';
import { payproId } from '../ids';
import { type Sandbox } from '../sandbox';
import { type PayProCall } from './call';
import { customerView } from './customer-view';
import { invalid, notFound } from './errors';
import { listPage } from './paging';
import { customerNews } from './notifications/customer-events';
import { type Customer, CUSTOMER_FIELDS } from './payment';
import { seconds } from './time';

type Fields = Customer['fields'];

/** `POST /customers`; an empty body is fine: https://docs.paypro.nl/reference/api/customers/ */
export function createCustomer(sandbox: Sandbox, call: PayProCall): Answer {
  const fields = readFields(call.body);
  if ('status' in fields) return fields;
  const customer = newCustomer(call.account, fields.read, sandbox.store.now());
  sandbox.store.commit(
    { kind: 'paypro.customer', value: customer },
    ...customerNews(sandbox, customer, 'customer.created'),
  );
  return { status: 201, body: customerView(sandbox, customer) };
}

export function getCustomer(sandbox: Sandbox, call: PayProCall): Answer {
  const customer = findCustomer(sandbox, call);
  return customer ? { status: 200, body: customerView(sandbox, customer) } : notFound();
}

export function listCustomers(sandbox: Sandbox, call: PayProCall): Answer {
  const all = [...sandbox.store.customers.values()].filter(
    (customer) => customer.account === call.account && !customer.deleted,
  );
  return listPage(sandbox, call, {
    path: '/customers',
    all,
    view: (customer) => customerView(sandbox, customer),
  });
}

/** Fields that are not sent stay as they are. */
export function patchCustomer(sandbox: Sandbox, call: PayProCall): Answer {
  const customer = findCustomer(sandbox, call);
  if (!customer) return notFound();
  const fields = readFields(call.body);
  if ('status' in fields) return fields;
  const patched = { ...customer, fields: { ...customer.fields, ...fields.read } };
  sandbox.store.commit(
    { kind: 'paypro.customer', value: patched },
    ...customerNews(sandbox, patched, 'customer.updated'),
  );
  return { status: 200, body: customerView(sandbox, patched) };
}

/** Answers the customer once more; its payments stay. */
export function deleteCustomer(sandbox: Sandbox, call: PayProCall): Answer {
  const customer = findCustomer(sandbox, call);
  if (!customer) return notFound();
  sandbox.store.commit({ kind: 'paypro.customer', value: { ...customer, deleted: true } });
  return { status: 200, body: customerView(sandbox, customer) };
}

export function newCustomer(account: string, fields: Fields, now: Date): Customer {
  return { id: payproId('CU'), account, fields, deleted: false, createdAt: seconds(now) };
}

export function findCustomer(
  { store }: Sandbox,
  { account, id }: { account: string; id: string },
): Customer | undefined {
  const customer = store.customers.get(id);
  return customer?.account === account && !customer.deleted ? customer : undefined;
}

function readFields(body: unknown): { read: Fields } | Answer {
  const sent = isObject(body) ? body : {};
  const read: Fields = {};
  for (const name of CUSTOMER_FIELDS) {
    const value = sent[name];
    if (value === undefined) continue;
    if (value !== null && typeof value !== 'string') return invalid(name, `${name} must be a text`);
    read[name] = value;
  }
  if (typeof read['country'] === 'string' && !/^[A-Z]{2}$/.test(read['country'])) {
    return invalid('country', 'country must be two capital letters');
  }
  return { read };
}
