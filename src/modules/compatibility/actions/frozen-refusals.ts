import { AppError } from '../../../shared/app-error';
import { invalidState, operationGivenUp, paymentLost } from '../../payments/payments.facade';
import { gatewayFailed } from '../compatibility.errors';
import { backendError, type BackendTrouble, type FrozenVerb } from '../domain/backend-error';

/** The provider was asked and did not do it, as far as anybody can tell. */
const BACKEND_CODES = [paymentLost.code, operationGivenUp.code];

/** What payments threw, as the older API says it; what has no other form there stays as it is. */
export function toFrozenRefusal(thrown: unknown, verb: Exclude<FrozenVerb, 'create'>): unknown {
  if (!(thrown instanceof AppError)) return thrown;
  const { provider, isReplayed = false } = thrown.context;
  if (provider) return backendFailed(verb, provider, isReplayed);
  if (BACKEND_CODES.includes(thrown.code)) {
    return backendFailed(verb, { code: thrown.code, message: thrown.message }, isReplayed);
  }
  const isAboutPayment = typeof thrown.context.members?.['payment'] === 'string';
  return thrown.definition.status === 409 && isAboutPayment ? stateRefusal(verb) : thrown;
}

export function stateRefusal(verb: Exclude<FrozenVerb, 'create'>): AppError {
  return invalidState(`Unable to ${verb} payment because of invalid state.`);
}

export function backendFailed(
  verb: FrozenVerb,
  trouble: BackendTrouble,
  isReplayed: boolean,
): AppError {
  return gatewayFailed(backendError(verb, trouble), { isReplayed });
}
