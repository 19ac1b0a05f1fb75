import { payproId } from '../ids';
import { toDecimal } from '../money';
import { type Sandbox } from '../sandbox';
import { type Change } from '../state/changes.wire';
import { type Chargeback } from './chargeback';
import { chargebackView } from './chargeback-view';
import { announceNews } from './notifications/event-envelope';
import { type Payment } from './payment';
import { seconds } from './time';

/** The bank takes money back, or says that it is about to. */
export function startChargeback(
  sandbox: Sandbox,
  payment: Payment,
  wish: Pick<Chargeback, 'amount' | 'reason' | 'state'>,
): Chargeback {
  const { store } = sandbox;
  const at = seconds(store.now());
  const { id: paymentId, account, description, manner } = payment;
  const chargeback: Chargeback = {
    id: payproId('PC'),
    account,
    payment: paymentId,
    description,
    ...wish,
    chargedBackAt: wish.state === 'completed' ? at : null,
    createdAt: at,
  };
  const payload = chargebackView(sandbox, chargeback);
  const news = { account, resourceId: chargeback.id, payload, manner };
  store.commit(
    { kind: 'paypro.chargeback', value: chargeback },
    ...(wish.state === 'completed' ? [moneyOf(sandbox, chargeback, 'chargeback')] : []),
    ...announceNews(sandbox, { ...news, type: 'chargeback.created' }),
  );
  return chargeback;
}

/** Completed is lost, reversed is won; only the creation of a chargeback is told. */
export function moveChargeback(
  sandbox: Sandbox,
  chargeback: Chargeback,
  state: Chargeback['state'],
): void {
  const { store } = sandbox;
  const [wasTaken, isTaken] = [chargeback.state === 'completed', state === 'completed'];
  const chargedBackAt = isTaken && !wasTaken ? seconds(store.now()) : chargeback.chargedBackAt;
  const kind = isTaken ? 'chargeback' : 'chargeback_reversal';
  store.commit(
    { kind: 'paypro.chargeback', value: { ...chargeback, state, chargedBackAt } },
    ...(wasTaken === isTaken ? [] : [moneyOf(sandbox, chargeback, kind)]),
  );
}

function moneyOf(
  { store }: Sandbox,
  { id, payment, amount }: Chargeback,
  kind: 'chargeback' | 'chargeback_reversal',
): Change {
  return {
    kind: 'ledger',
    value: {
      gateway: 'paypro',
      kind,
      id,
      payment_id: payment,
      metadata: store.payments.get(payment)?.metadata ?? {},
      amount: toDecimal(BigInt(amount), 2),
      currency: 'EUR',
      at: store.now().toISOString(),
    },
  };
}
