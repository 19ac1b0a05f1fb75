import { type AppError } from '../shared/app-error';
import { type PaymentProvider } from './payment-provider';
import { type CallResult, troubleIn } from './provider-call';
import { providerAccountProblem, providerRefused, providerUnavailable } from './providers.errors';

/** Seconds after which a provider that gave no answer is worth another look. */
const RETRY_AFTER_S = 5;

/** The error for a question that brought no usable answer and changed nothing. */
export function unusableAnswer(
  { account, name }: PaymentProvider,
  result: Exclude<CallResult<never>, { outcome: 'done' }>,
): AppError {
  const trouble = troubleIn(result);
  const { code, message } = trouble;
  const provider = { name: account, ...trouble };
  if (result.outcome !== 'refused') {
    const retryAfterS = result.outcome === 'not_sent' ? result.retryAfterS : RETRY_AFTER_S;
    const detail = `${name} gave no usable answer. Nothing was changed; try again.`;
    return providerUnavailable(detail, { provider, retryAfterS });
  }
  if (result.refusal.kind === 'merchant') {
    const detail = `The account ${account} at the provider needs attention (${code}).`;
    return providerAccountProblem(detail, { provider });
  }
  return providerRefused(`The provider did not accept this (${code}): ${message}`, { provider });
}
