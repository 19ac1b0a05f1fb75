import { readId } from '../../src/shared/id';
import { closeConflict, conflictsOf, lateConflict } from './conflicts';
import { type Recipe } from './openapi-recipe';
import { send } from './openapi-requests';
import * as payments from './payments';
import { textOf } from './read';
import { sandboxOf } from './sandbox';

export const ofOther: Recipe = async (app, operation) => {
  const [{ payment }, { id }] = [await lateConflict(app), await lateConflict(app)];
  return send(app, operation, { ids: { id: payment, conflict_id: id } });
};

export const closedBefore: Recipe = async (app, operation) => {
  const { payment, id } = await lateConflict(app);
  payments.expectStatus(await closeConflict(app, { payment, id }), 200);
  return send(app, operation, { ids: { id: payment, conflict_id: id } });
};

/** By a wrong reading, while the payer may still pay. */
export const stillOpen: Recipe = async (app, operation) => {
  const { id, providerId } = await payments.makePayment(app, 'paypal');
  const match = { method: 'GET', path_contains: providerId };
  await sandboxOf(app).fault('paypal', { kind: 'wrong_amount', match });
  payments.expectStatus(await payments.command(app, id, 'refresh'), 200);
  const [conflict] = await conflictsOf(app, id);
  return send(app, operation, { ids: { id, conflict_id: textOf(conflict, 'id') } });
};

/** Nobody knows yet what became of its cancel. */
export const besideOperation: Recipe = async (app, operation) => {
  const { payment, id } = await lateConflict(app);
  const sql = `UPDATE payments.operations SET state = 'needs_review', settled_at = NULL
    WHERE payment_id = $1 AND kind = 'cancel'`;
  await app.query(sql, [readId('pay', payment)]);
  return send(app, operation, { ids: { id: payment, conflict_id: id } });
};
