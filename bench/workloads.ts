import { type Client } from 'pg';
import { showId } from '../src/shared/id';
import { CUSTOMER } from './seed';

/** What callers ask for. */
export const CALLS = ['get', 'list', 'create'] as const;
/** What a gateway delivers: to a Kassa that works on it at the same time, and to one that leaves that to others. */
export const DELIVERIES = ['notify', 'accept'] as const;
export const WORKLOADS = [...CALLS, ...DELIVERIES] as const;
export type Workload = (typeof WORKLOADS)[number];

export const TITLES: Readonly<Record<Workload, string>> = {
  get: 'GET by id',
  list: 'list of 20',
  create: 'create',
  notify: 'notification',
  accept: 'notification, no jobs',
};

export interface LoadRequest {
  readonly path: string;
  /** A request with a body is a POST, with an Idempotency-Key of its own each time. */
  readonly body?: string;
  /** A gateway's delivery, with another event each time and signed with this. */
  readonly signedWith?: string;
}

export type Requests = Readonly<Record<Workload, readonly LoadRequest[]>>;

/** Enough different payments that none is special. */
const IDS = 500;

const CREATE_BODY = {
  amount: 1999,
  currency: 'EUR',
  provider: 'paypal',
  customer: showId('cus', CUSTOMER),
  description: 'Order 1234',
  return_url: 'https://shop.example.com/return',
  cancel_url: 'https://shop.example.com/cancel',
  metadata: { order: '1234', shop: 'Amsterdam' },
  locale: 'nl-NL',
};

export function createBody(provider: 'paypal' | 'paypro') {
  return { ...CREATE_BODY, provider };
}

/** What both servers are asked, letter by letter the same. */
export async function chooseRequests(database: Client, webhookSecret: string): Promise<Requests> {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM payments.payments ORDER BY md5(id::text) LIMIT $1',
    [IDS],
  );
  const delivery = { path: '/api/notifications/paypro', signedWith: webhookSecret };
  return {
    get: rows.map(({ id }) => ({ path: `/api/payments/${showId('pay', id)}` })),
    list: [{ path: '/api/payments?limit=20' }],
    create: [{ path: '/api/payments', body: JSON.stringify(createBody('paypal')) }],
    notify: [delivery],
    accept: [delivery],
  };
}
