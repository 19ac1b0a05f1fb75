import { type TestApp } from './app';
import { type Answer } from './http';
import { type DocumentedOperation } from './openapi-document';
import { pendingRefund, send } from './openapi-requests';
import * as payments from './payments';
import { textOf } from './read';
import * as refunds from './refunds';
import { type Gateway, sandboxOf } from './sandbox';

interface Command {
  readonly id: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A command about a payment, which is named in the address or in the body. */
export function commandOn(
  app: TestApp,
  operation: DocumentedOperation,
  { id, body = {}, headers = {} }: Command,
): Promise<Answer> {
  const named = operation.id.endsWith('AnyPayment')
    ? { body: { payment_id: id, ...body } }
    : { ids: { id }, body };
  return send(app, operation, { ...named, headers });
}

/** What a command is about, and the call of the gateway that never arrives. */
interface Loss {
  readonly make: (app: TestApp) => Promise<string>;
  readonly gateway: Gateway;
  readonly method: string;
  readonly path_contains: string;
}

const pressed = async (app: TestApp) => (await payments.makePressed(app, 'paypal', 'pay')).id;
const held = async (app: TestApp) => (await payments.makeHeld(app)).id;
const paid = async (app: TestApp) => (await payments.makePaid(app, 'paypal')).id;

const atPaypal = (make: Loss['make'], path_contains: string): Loss => ({
  ...{ make, gateway: 'paypal', method: 'POST', path_contains },
});

const LOSSES: Readonly<Record<string, Loss>> = {
  approvePayment: atPaypal(pressed, '/capture'),
  approveAnyPayment: atPaypal(pressed, '/capture'),
  cancelPayment: atPaypal(held, '/void'),
  cancelAnyPayment: atPaypal(held, '/void'),
  capturePayment: atPaypal(held, '/capture'),
  reauthorizePayment: atPaypal(held, '/reauthorize'),
  refundPayment: atPaypal(paid, '/refund'),
  cancelRefund: {
    make: (app) => pendingRefund(app, 'paypro'),
    ...{ gateway: 'paypro', method: 'DELETE', path_contains: '/refunds' },
  },
};

export interface Lost {
  /** What the command named. */
  readonly id: string;
  readonly payment: string;
}

/** A command that the gateway never got, as if that were so long ago that a person has to find out. */
export async function lose(
  app: TestApp,
  operation: DocumentedOperation,
  command: Omit<Command, 'id'> = {},
): Promise<Lost> {
  const loss = LOSSES[operation.id];
  if (loss === undefined) throw new Error(`nothing is lost of ${operation.id}`);
  const { make, gateway, ...match } = loss;
  const id = await make(app);
  // The sweeper sends it again, as long as the gateway would know the repeat.
  await sandboxOf(app).fault(gateway, { kind: 'drop_before', match, times: 1000 });
  const answer = await commandOn(app, operation, { id, ...command });
  payments.expectStatus(answer, 202);
  const isRefund = textOf(answer.body, 'type') === 'refund';
  const payment = textOf(answer.body, isRefund ? 'payment' : 'id');
  await refunds.waitsForPerson(app, payment, '50 days');
  await sandboxOf(app).dropFaults();
  return { id, payment };
}
