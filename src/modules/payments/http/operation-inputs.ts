import { invalidRequest } from '../../../platform/http/http.errors';
import { type AppError, type FieldError } from '../../../shared/app-error';
import { type Resolution } from '../actions/resolve-operation';
import { type ResolveOperationRequest } from './operation.requests';

/** A validated decision as the action takes it; refuses parts that exclude each other. */
export function toResolution(request: ResolveOperationRequest): Resolution {
  const { decision, provider_id, checked_at_provider } = request;
  const providerId = provider_id ?? null;
  if (decision === 'link' && providerId === null) {
    const detail = 'Send the provider’s id of the payment to link.';
    throw refusal({ pointer: '/provider_id', code: 'required', detail });
  }
  if (decision !== 'link' && providerId !== null) {
    const detail = 'Leave provider_id out: only link takes it.';
    throw refusal({ pointer: '/provider_id', code: 'excludes', detail });
  }
  const isCheckedAtProvider = checked_at_provider ?? false;
  if (decision !== 'failed' && isCheckedAtProvider) {
    const detail = 'Leave checked_at_provider out: only failed takes it.';
    throw refusal({ pointer: '/checked_at_provider', code: 'excludes', detail });
  }
  if (providerId !== null) return { decision: 'link', providerId };
  return decision === 'failed' ? { decision, isCheckedAtProvider } : { decision: 'retry' };
}

function refusal(error: FieldError): AppError {
  return invalidRequest(error.detail, { errors: [error] });
}
