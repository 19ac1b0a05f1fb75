import { Injectable } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { type JsonObject } from '../../../shared/json';
import { type Money } from '../../../shared/money/money';
import { type ChoiceReason } from '../../../providers/choose-provider';
import { type PaymentState, type PaymentTrigger } from '../domain/payment-lifecycle';
import { LEASE_S } from './operations.repository';
import { PAYMENT_COLUMNS, type PaymentRow } from './payment.row';

export interface NewPayment {
  readonly id: string;
  readonly account: string;
  readonly chosenBecause: ChoiceReason;
  readonly customerId: string | null;
  readonly amount: Money;
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly payMethods: readonly string[];
  readonly setupMandate: boolean;
  readonly mandate: string | null;
  readonly locale: string | null;
  readonly metadata: JsonObject;
  readonly actor: string;
  readonly operationId: string;
  readonly providerKey: string;
  readonly requestHash: string;
}

const insertWithIntent: Statement<{ row: PaymentRow }> = statement(
  'insert-payment-with-intent',
  `WITH p AS (
     INSERT INTO payments.payments (id, account, chosen_because, customer_id, amount_minor, currency,
       description, return_url, cancel_url, pay_methods, setup_mandate, mandate, locale, metadata,
       created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING *
   ), intent AS (
     INSERT INTO payments.operations (id, payment_id, kind, slot, provider_key, request_hash, created_by,
       lease_until, next_attempt_at)
     SELECT $16, id, 'create', 1, $17, $18, created_by,
       now() + ${LEASE_S} * interval '1 second', now() + ${LEASE_S} * interval '1 second' FROM p
   ), history AS (
     INSERT INTO payments.state_changes (payment_id, seq, to_state, trigger, cause, actor, operation_id)
     SELECT id, version, state, 'create', 'api', created_by, $16 FROM p
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${PAYMENT_COLUMNS} FROM p) r`,
);

const lock: Statement<{ row: PaymentRow }> = statement(
  'lock-payment',
  `SELECT row_to_json(r) AS row FROM (
     SELECT ${PAYMENT_COLUMNS} FROM payments.payments p WHERE p.id = $1 FOR UPDATE) r`,
);

const change: Statement<{ row: PaymentRow }> = statement(
  'change-payment',
  `WITH p AS (
     UPDATE payments.payments SET
       state = coalesce($3, state), version = version + 1, updated_at = now(),
       provider_payment_id = coalesce(provider_payment_id, $4), provider_token = coalesce($5, provider_token),
       provider_state = coalesce($6, provider_state), checkout_url = coalesce($7, checkout_url),
       pay_method = coalesce($8, pay_method), payer_id = coalesce($9, payer_id),
       payer_agreed_at = CASE WHEN $10 THEN coalesce(payer_agreed_at, now()) ELSE payer_agreed_at END,
       paid_at = CASE WHEN $3 = 'paid' THEN coalesce($11::timestamptz, now()) ELSE paid_at END,
       captured_minor = coalesce($12::bigint, captured_minor), canceled_via = coalesce($13, canceled_via),
       conflict = coalesce($14, conflict), error_code = coalesce($15, error_code),
       error_message = coalesce($16, error_message), provider_customer = coalesce($17, provider_customer),
       mandate = coalesce($18, mandate), subscription = coalesce($19, subscription),
       installment_plan = coalesce($20, installment_plan)
     WHERE id = $1 AND version = $2 RETURNING *
   ), history AS (
     INSERT INTO payments.state_changes (payment_id, seq, from_state, to_state, trigger, cause, actor, operation_id)
     SELECT id, version, $21, state, $22, $23, $24, $25::uuid FROM p WHERE $3 IS NOT NULL
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${PAYMENT_COLUMNS} FROM p) r`,
);

/** What the provider told about a payment; a null keeps what is stored. */
export interface ProviderFields {
  readonly providerPaymentId?: string | null;
  readonly providerToken?: string | null;
  readonly providerState?: string | null;
  readonly checkoutUrl?: string | null;
  readonly payMethod?: string | null;
  readonly payerId?: string | null;
  readonly payerAgreed?: boolean;
  readonly paidAt?: Date | null;
  readonly capturedMinor?: bigint | null;
  readonly providerCustomer?: string | null;
  readonly mandate?: string | null;
  readonly subscription?: string | null;
  readonly installmentPlan?: string | null;
}

export interface PaymentChange extends ProviderFields {
  /** The new state and what led to it; left out when the state stays. */
  readonly move?: { readonly to: PaymentState; readonly trigger: PaymentTrigger };
  readonly canceledVia?: 'provider' | 'void' | 'local';
  readonly conflict?: string | null;
  readonly error?: { readonly code: string; readonly message: string };
  /** What caused it: `api`, `refresh`, `sweeper`. */
  readonly cause: string;
  readonly actor: string;
  readonly operationId?: string | null;
}

/** The only code that writes payments, and `change` the only place where a state is assigned. */
@Injectable()
export class PaymentsRepository {
  /** The payment, its create operation and the first line of its history, in one statement. */
  async insertWithIntent(tx: Tx, payment: NewPayment): Promise<PaymentRow> {
    const [inserted] = await tx.query(insertWithIntent, [
      payment.id,
      payment.account,
      payment.chosenBecause,
      payment.customerId,
      payment.amount.minor.toString(),
      payment.amount.currency,
      payment.description,
      payment.returnUrl,
      payment.cancelUrl,
      payment.payMethods,
      payment.setupMandate,
      payment.mandate,
      payment.locale,
      JSON.stringify(payment.metadata),
      payment.actor,
      payment.operationId,
      payment.providerKey,
      payment.requestHash,
    ]);
    if (!inserted) throw new Error('the payment was not inserted');
    return inserted.row;
  }

  /** Holds the payment until the transaction ends; everything that decides about it reads it this way. */
  async lock(tx: Tx, id: string): Promise<PaymentRow> {
    const [locked] = await tx.query(lock, [id]);
    if (!locked) throw new Error(`payment ${id} vanished`);
    return locked.row;
  }

  /** Changes a locked payment. Throws when it is not the version that was locked: a stale write is a defect. */
  async change(tx: Tx, payment: PaymentRow, change_: PaymentChange): Promise<PaymentRow> {
    const [changed] = await tx.query(change, changeValues(payment, change_));
    if (!changed) throw new Error(`stale write to payment ${payment.id} refused`);
    return changed.row;
  }
}

function changeValues(payment: PaymentRow, to: PaymentChange) {
  return [
    payment.id,
    payment.version,
    to.move?.to ?? null,
    to.providerPaymentId ?? null,
    to.providerToken ?? null,
    to.providerState ?? null,
    to.checkoutUrl ?? null,
    to.payMethod ?? null,
    to.payerId ?? null,
    to.payerAgreed ?? false,
    to.paidAt ?? null,
    to.capturedMinor?.toString() ?? null,
    to.canceledVia ?? null,
    to.conflict ?? null,
    to.error?.code ?? null,
    to.error?.message ?? null,
    to.providerCustomer ?? null,
    to.mandate ?? null,
    to.subscription ?? null,
    to.installmentPlan ?? null,
    payment.state,
    to.move?.trigger ?? null,
    to.cause,
    to.actor,
    to.operationId ?? null,
  ];
}
