import { invalidRequest } from '../../../platform/http/http.errors';
import { type Resolution } from '../actions/resolve-operation';
import { type ResolveOperationRequest } from './operation.requests';

/** A validated decision as the action takes it; refuses parts that exclude each other. */
export function toResolution({ decision, provider_id }: ResolveOperationRequest): Resolution {
  const providerId = provider_id ?? null;
  if (decision === 'link') {
    if (providerId === null) refuse('required', 'Send the provider’s id of the payment to link.');
    return { decision, providerId };
  }
  if (providerId !== null) refuse('excludes', 'Leave provider_id out: only link takes it.');
  return { decision };
}

function refuse(code: string, detail: string): never {
  throw invalidRequest(detail, { errors: [{ pointer: '/provider_id', code, detail }] });
}
