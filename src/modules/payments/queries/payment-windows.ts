import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import {
  type CountedRows,
  type NumberedPage,
  numberedPageSql,
} from '../../../platform/http/numbered-page';
import { ownedBySql } from '../../customers/customers.facade';
import { PAYMENT_COLUMNS, type PaymentRow } from '../storage/payment.row';

/** A part of the payments that has rules of its own: those in one currency, at some accounts. */
export interface PaymentWindow {
  readonly accounts: readonly string[];
  readonly currency: string;
}

export interface WindowedPayment extends PaymentRow {
  /** What was asked of the provider last, apart from refunds; null where nothing was. */
  readonly last_operation: LastOperation | null;
}

/** `code` and `message` are the provider's words for why it did not work, or is not known to have worked. */
export interface LastOperation {
  readonly kind: string;
  readonly state: string;
  readonly code: string | null;
  readonly message: string | null;
}

const COLUMNS = `${PAYMENT_COLUMNS},
  (SELECT json_build_object('kind', o.kind, 'state', o.state, 'code', o.error_code, 'message', o.error_message)
   FROM payments.operations o WHERE o.payment_id = p.id AND o.refund_id IS NULL
   ORDER BY o.created_at DESC, o.slot DESC LIMIT 1) AS last_operation`;

/** Placeholders 1 to 3: accounts, currency, and whose customers; null for everybody's. */
const VISIBLE = `p.account = ANY($1) AND p.currency = $2
  AND ($3::text IS NULL OR ${ownedBySql({ customer: 'p.customer_id', subject: '$3' })})`;

const IN_PAGES = `${VISIBLE} AND ($4::uuid IS NULL OR p.customer_id = $4)`;

const list: Statement<CountedRows<WindowedPayment>> = statement(
  'list-windowed-payments',
  numberedPageSql({
    from: 'payments.payments p',
    alias: 'p',
    columns: COLUMNS,
    where: IN_PAGES,
    newest: 'updated_at',
    limit: '$5',
    offset: '$6',
  }),
);

const find: Statement<{ row: WindowedPayment }> = statement(
  'find-windowed-payment',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${COLUMNS} FROM payments.payments p WHERE p.id = $4 AND ${VISIBLE}) r`,
);

const resolve: Statement<{ id: string }> = statement(
  'resolve-windowed-payment',
  `SELECT p.id FROM payments.payments p
   WHERE (p.id = $4::uuid OR p.provider_payment_id = $5 OR p.provider_token = $5) AND ${VISIBLE} LIMIT 2`,
);

/** Reads payments through a window; of those a user sees the ones of its customers, staff all of them. */
@Injectable()
export class PaymentWindows {
  constructor(private readonly database: Database) {}

  /** Latest change first. Counted and numbered, which costs more the more there are: keyset lists are for new clients. */
  async list(
    caller: Caller,
    window: PaymentWindow,
    { customerId, offset, limit }: NumberedPage,
  ): Promise<CountedRows<WindowedPayment>> {
    const values = [...valuesOf(caller, window), customerId, limit, offset];
    const [page] = await this.database.query(list, values);
    return page ?? { count: 0, rows: [] };
  }

  /** Null when the caller sees none with this id of ours. */
  async find(caller: Caller, window: PaymentWindow, id: string): Promise<WindowedPayment | null> {
    const [found] = await this.database.query(find, [...valuesOf(caller, window), id]);
    return found?.row ?? null;
  }

  /** Our ids of those that an id of ours or of a provider, or a token, stands for; at most two. */
  async resolve(
    caller: Caller,
    window: PaymentWindow,
    key: { readonly id: string | null; readonly text: string },
  ): Promise<readonly string[]> {
    const values = [...valuesOf(caller, window), key.id, key.text];
    const rows = await this.database.query(resolve, values);
    return rows.map(({ id }) => id);
  }
}

function valuesOf({ role, subject }: Caller, { accounts, currency }: PaymentWindow) {
  return [accounts, currency, role === 'staff' ? null : subject];
}
