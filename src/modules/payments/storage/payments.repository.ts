import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type Queryable, type Tx } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import { type DomainEvent, eventRows, insertEventsSql } from '../../../platform/events/events';
import { claimKeySql, claimParts, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { type JsonObject } from '../../../shared/json';
import { type Money } from '../../../shared/money/money';
import { mayActForSql } from '../../customers/customers.facade';
import { type ProviderPayment } from '../../../providers/payment-provider';
import { type ChoiceReason } from '../../../providers/choose-provider';
import { type CaptureMethod } from '../../../providers/payment-provider';
import { LEASE_S } from './operations.repository';
import { changeValues, type PaymentChange } from './payment-change';
import { PAYMENT_COLUMNS, type PaymentRow } from './payment.row';

export interface NewPayment {
  readonly id: string;
  readonly account: string;
  readonly chosenBecause: ChoiceReason;
  readonly customerId: string | null;
  /** What it pays for; null for nothing in particular. */
  readonly subject: { readonly kind: string; readonly id: string } | null;
  /** The provider's id of the same customer, where it has customers. */
  readonly providerCustomer: string | null;
  readonly amount: Money;
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly payMethods: readonly string[];
  readonly setupMandate: boolean;
  readonly mandate: string | null;
  readonly autoApprove: boolean;
  readonly captureMethod: CaptureMethod;
  readonly locale: string | null;
  readonly metadata: JsonObject;
  readonly caller: Caller;
  readonly operationId: string;
  /** `charge` where a mandate is charged: money moves by it. */
  readonly operationKind: 'create' | 'charge';
  readonly providerKey: string;
  readonly requestHash: string;
  readonly claim: IdempotencyClaim | null;
  readonly events: readonly DomainEvent[];
}

const insertWithIntent: Statement<StartedRow> = statement(
  'insert-payment-with-intent',
  `WITH access AS (
     SELECT ($23::boolean OR $4::uuid IS NOT NULL) AND (
       ${mayActForSql({ customer: '$4', subject: '$15', isStaff: '$23::boolean' })}) AS is_granted
   ), claimed AS (${claimKeySql(['$20', '$21', '$22', '$1', '$16'], 'EXISTS (SELECT FROM access WHERE is_granted)')}
   ), p AS (
     INSERT INTO payments.payments (id, account, chosen_because, customer_id, amount_minor, currency,
       description, return_url, cancel_url, pay_methods, setup_mandate, mandate, locale, metadata, created_by,
       auto_approve, provider_customer, capture_method, subject_kind, subject_id)
     SELECT $1::uuid, $2, $3, $4::uuid, $5::bigint, $6, $7, $8, $9, $10::text[], $11::boolean, $12, $13,
       $14::jsonb, $15, $24::boolean, $25, $26, $28, $29::uuid FROM access
     WHERE is_granted AND ($20::text IS NULL OR EXISTS (SELECT FROM claimed)) RETURNING *
   ), intent AS (
     INSERT INTO payments.operations (id, payment_id, kind, slot, provider_key, request_hash, created_by,
       lease_until, next_attempt_at)
     SELECT $16::uuid, id, $27, 1, $17, $18, created_by,
       now() + ${LEASE_S} * interval '1 second', now() + ${LEASE_S} * interval '1 second' FROM p
   ), history AS (
     INSERT INTO payments.state_changes (payment_id, seq, to_state, trigger, cause, actor, operation_id)
     SELECT id, version, state, 'create', 'api', created_by, $16::uuid FROM p
   ), told AS (${insertEventsSql('$19')} WHERE EXISTS (SELECT FROM p)
   )
   SELECT a.is_granted, (SELECT row_to_json(r) FROM (SELECT ${PAYMENT_COLUMNS} FROM p) r) AS row FROM access a`,
);

interface StartedRow {
  readonly is_granted: boolean;
  readonly row: PaymentRow | null;
}

/** The new payment, or why there is none: the caller may not act for the customer, or its key was used before. */
export type StartedPayment =
  | { readonly kind: 'started'; readonly payment: PaymentRow }
  | { readonly kind: 'no_access' }
  | { readonly kind: 'key_taken' };

/** A payment that a provider made by itself. */
export interface AdoptedPayment {
  readonly id: string;
  readonly account: string;
  readonly customerId: string | null;
  readonly amount: Money;
  readonly shown: ProviderPayment;
  readonly createdBy: string;
  readonly event: DomainEvent;
}

const insertAdopted: Statement<{ row: PaymentRow }> = statement(
  'insert-adopted-payment',
  `WITH p AS (
     INSERT INTO payments.payments (id, account, chosen_because, customer_id, amount_minor, currency,
       provider_payment_id, provider_customer, mandate, subscription, installment_plan, created_by)
     VALUES ($1, $2, 'provider', $3::uuid, $4::bigint, $5, $6, $7, $8, $9, $10, $11)
     ON CONFLICT (account, provider_payment_id) DO NOTHING RETURNING *
   ), history AS (
     INSERT INTO payments.state_changes (payment_id, seq, to_state, trigger, cause, actor)
     SELECT id, version, state, 'create', 'notification', created_by FROM p
   ), told AS (${insertEventsSql('$12')} WHERE EXISTS (SELECT FROM p)
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
       captured_minor = greatest($12::bigint, captured_minor), canceled_via = coalesce($13, canceled_via),
       conflict = CASE WHEN $29 THEN $14 ELSE coalesce($14, conflict) END, error_code = coalesce($15, error_code),
       error_message = coalesce($16, error_message), provider_customer = coalesce($17, provider_customer),
       mandate = coalesce($18, mandate), subscription = coalesce($19, subscription),
       installment_plan = coalesce($20, installment_plan),
       authorization_id = coalesce($30::jsonb ->> 'id', authorization_id),
       authorized_minor = coalesce(($30::jsonb ->> 'amount')::numeric, authorized_minor),
       capturable_minor = coalesce(($30::jsonb ->> 'capturable')::numeric, capturable_minor),
       authorization_honored_until = coalesce(($30::jsonb ->> 'honoredUntil')::timestamptz, authorization_honored_until),
       authorization_expires_at = coalesce(($30::jsonb ->> 'expiresAt')::timestamptz, authorization_expires_at)
     WHERE id = $1 AND version = $2 RETURNING *
   ), history AS (
     INSERT INTO payments.state_changes (payment_id, seq, from_state, to_state, trigger, cause, actor, operation_id)
     SELECT id, version, $21, state, $22, $23, $24, $25::uuid FROM p WHERE $3 IS NOT NULL
   ), settled AS (
     UPDATE payments.operations SET state = $26, refusal = NULL, lease_until = now(),
       provider_ref = coalesce($27, provider_ref),
       error_code = CASE $26 WHEN 'needs_review' THEN $14 ELSE error_code END,
       error_message = CASE $26 WHEN 'needs_review' THEN NULL ELSE error_message END,
       error_reference = CASE $26 WHEN 'needs_review' THEN NULL ELSE error_reference END,
       settled_at = CASE WHEN $26 = 'succeeded' THEN clock_timestamp() END
     WHERE id = $25::uuid AND $26::text IS NOT NULL AND state IN ('unsettled', 'needs_review')
       AND EXISTS (SELECT FROM p)
   ), told AS (${insertEventsSql('$28')} WHERE EXISTS (SELECT FROM p)
   )
   SELECT row_to_json(r) AS row FROM (SELECT ${PAYMENT_COLUMNS} FROM p) r`,
);

/** The payment changed since it was read: nothing was written. */
export class StaleWriteError extends Error {}

/** The only code that writes payments, and `change` the only place where a state is assigned. */
@Injectable()
export class PaymentsRepository {
  /**
   * The payment, its create operation, history, events and idempotency key, in one statement, which is atomic on
   * its own: all of it is written, or nothing.
   */
  async insertWithIntent(on: Queryable, payment: NewPayment): Promise<StartedPayment> {
    const [inserted] = await on.query(insertWithIntent, [
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
      payment.caller.subject,
      payment.operationId,
      payment.providerKey,
      payment.requestHash,
      eventRows(payment.events),
      ...claimParts(payment.claim),
      payment.caller.role === 'staff',
      payment.autoApprove,
      payment.providerCustomer,
      payment.captureMethod,
      payment.operationKind,
      payment.subject?.kind ?? null,
      payment.subject?.id ?? null,
    ]);
    if (inserted?.row) return { kind: 'started', payment: inserted.row };
    return inserted?.is_granted ? { kind: 'key_taken' } : { kind: 'no_access' };
  }

  /** Null when the account's payment of this id is one of ours already. */
  async insertAdopted(tx: Tx, payment: AdoptedPayment): Promise<PaymentRow | null> {
    const { id, account, customerId, amount, shown, createdBy, event } = payment;
    const [inserted] = await tx.query(insertAdopted, [
      id,
      account,
      customerId,
      amount.minor.toString(),
      amount.currency,
      shown.providerId,
      shown.providerCustomer,
      shown.mandate,
      shown.subscription,
      shown.installmentPlan,
      createdBy,
      eventRows([event]),
    ]);
    return inserted?.row ?? null;
  }

  /** Holds the payment until the transaction ends; everything that decides about it reads it this way. */
  async lock(tx: Tx, id: string): Promise<PaymentRow> {
    const [locked] = await tx.query(lock, [id]);
    if (!locked) throw new Error(`payment ${id} vanished`);
    return locked.row;
  }

  /**
   * Changes a payment, its history, operation and events in one statement, which is atomic on its own.
   * Throws `StaleWriteError` when it is not the version that was read.
   */
  async change(on: Queryable, payment: PaymentRow, change_: PaymentChange): Promise<PaymentRow> {
    const [changed] = await on.query(change, changeValues(payment, change_));
    if (!changed) throw new StaleWriteError(`stale write to payment ${payment.id} refused`);
    return changed.row;
  }
}
