import { type ProviderPayment } from '../../../providers/payment-provider';
import { decideNews } from '../domain/payment-news';
import { type Fact } from '../storage/facts.repository';
import { amountOf, type PaymentRow } from '../storage/payment.row';
import { type News } from './news-plan';
import { storedFor } from './stored-payment';

type Common = Pick<Fact, 'account' | 'paymentId' | 'source' | 'problem' | 'raw'>;

/** Everything that the provider said about money, and answers that do not fit or that nobody can read, as evidence. */
export function factsOf(news: News): readonly Fact[] {
  const { payment, shown, operation } = news;
  const common: Common = {
    account: payment.account,
    paymentId: payment.id,
    source: operation ? 'answer' : 'read',
    problem: decideNews(storedFor(news, payment), shown).mismatch,
    raw: shown.raw,
  };
  const captures = shown.captures.map(({ captureId, state, amount }) => ({
    ...common,
    kind: 'capture' as const,
    ref: captureId,
    state,
    amount,
  }));
  return [...captures, ...holdFacts(shown, common), ...oddFacts(payment, shown, common)];
}

function holdFacts({ hold }: ProviderPayment, common: Common): readonly Fact[] {
  if (!hold) return [];
  return [{ ...common, kind: 'hold', ref: hold.holdId, state: hold.state, amount: hold.amount }];
}

/** The payment itself, where it is another one than ours or in a state that nobody knows. */
function oddFacts(payment: PaymentRow, shown: ProviderPayment, common: Common): readonly Fact[] {
  if (common.problem === null && shown.state !== 'unknown') return [];
  const amount = shown.amount ?? amountOf(payment);
  const problem = common.problem ?? 'unknown_state';
  const { providerId: ref, providerState: state } = shown;
  return [{ ...common, kind: 'payment', ref, state, amount, problem }];
}
