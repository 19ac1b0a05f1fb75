import { isKeptBack } from '../../../providers/provider-gate';
import { AppError, type ErrorContext } from '../../../shared/app-error';
import { invalidState, operationGivenUp, paymentLost } from '../../payments/payments.facade';
import { gatewayFailed } from '../compatibility.errors';
import { backendError, type BackendTrouble, type FrozenVerb } from '../domain/backend-error';

/** The provider was asked and did not do it, as far as anybody can tell. */
const BACKEND_CODES = [paymentLost.code, operationGivenUp.code];

/** What payments threw, as the older API says it; what has no other form there stays as it is. */
export function toFrozenRefusal(thrown: unknown, verb: Exclude<FrozenVerb, 'create'>): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  if (wasKeptBack(thrown)) return thrown;
  const { provider } = thrown.context;
  if (provider) return backendFailed(verb, provider, thrown.context);
  if (BACKEND_CODES.includes(thrown.code)) {
    return backendFailed(verb, { code: thrown.code, message: thrown.message }, thrown.context);
  }
  const isAboutPayment = typeof thrown.context.members?.['payment'] === 'string';
  const isAboutState = thrown.definition.status === 409 && isAboutPayment;
  return isAboutState ? stateRefusal(verb, thrown.context) : thrown;
}

/** Nothing was sent, because the provider is given a pause: not its refusal, and over in a few seconds. */
export function wasKeptBack({ context: { provider } }: AppError): boolean {
  return provider !== undefined && isKeptBack(provider);
}

/** What goes into headers, whatever the words are. */
type Repeats = Pick<ErrorContext, 'isReplayed' | 'retryAfterS'>;

export function stateRefusal(verb: Exclude<FrozenVerb, 'create'>, repeats: Repeats = {}): AppError {
  return invalidState(`Unable to ${verb} payment because of invalid state.`, headersOf(repeats));
}

export function backendFailed(
  verb: FrozenVerb,
  trouble: BackendTrouble,
  repeats: Repeats,
): AppError {
  return gatewayFailed(backendError(verb, trouble), headersOf(repeats));
}

function headersOf({ isReplayed = false, retryAfterS }: Repeats): Repeats {
  return { isReplayed, ...(retryAfterS === undefined ? {} : { retryAfterS }) };
}
