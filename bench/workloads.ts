import { type Client } from 'pg';
import { showId } from '../src/shared/id';
import { CUSTOMER } from './seed';

export const WORKLOADS = ['get', 'list', 'create'] as const;
export type Workload = (typeof WORKLOADS)[number];

export const TITLES: Readonly<Record<Workload, string>> = {
  get: 'GET by id',
  list: 'list of 20',
  create: 'create',
};

export interface LoadRequest {
  readonly path: string;
  /** A request with a body is a POST, with an Idempotency-Key of its own each time. */
  readonly body?: string;
}

export type Requests = Readonly<Record<Workload, readonly LoadRequest[]>>;

/** Enough different payments that none is special. */
const IDS = 500;

export const CREATE_BODY = JSON.stringify({
  amount: 1999,
  currency: 'EUR',
  provider: 'paypal',
  customer: showId('cus', CUSTOMER),
  description: 'Order 1234',
  return_url: 'https://shop.example.com/return',
  cancel_url: 'https://shop.example.com/cancel',
  metadata: { order: '1234', shop: 'Amsterdam' },
  locale: 'nl-NL',
});

/** What both servers are asked, letter by letter the same. */
export async function chooseRequests(database: Client): Promise<Requests> {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM payments.payments ORDER BY md5(id::text) LIMIT $1',
    [IDS],
  );
  return {
    get: rows.map(({ id }) => ({ path: `/api/payments/${showId('pay', id)}` })),
    list: [{ path: '/api/payments?limit=20' }],
    create: [{ path: '/api/payments', body: CREATE_BODY }],
  };
}
