import { ProviderHttp, type ProviderRequest } from '../../../src/providers/provider-http';
import { type ProviderReply } from '../../../src/providers/provider-reply';

/** For the one call whose answer comes too late. */
const IMPATIENT_MS = 1_000;
/** An answer that certainly comes too late for that. */
export const TOO_LATE_MS = IMPATIENT_MS + 500;

/** Faults after which no answer comes in time. */
const SILENT: readonly string[] = ['hang_after', 'delay'];

let atMostMs = Infinity;

/**
 * The call after a fault of this kind was asked for. Only silence is given up soon: whatever else is waited for as long
 * as the application would, however busy the machine is.
 */
export async function askedAfter<T>(fault: string, call: () => Promise<T>): Promise<T> {
  atMostMs = SILENT.includes(fault) ? IMPATIENT_MS : Infinity;
  try {
    return await call();
  } finally {
    atMostMs = Infinity;
  }
}

/** The application's client; only `askedAfter` makes it impatient. */
export class PatientHttp extends ProviderHttp {
  override send(request: ProviderRequest): Promise<ProviderReply> {
    // Without a token the call itself would not be sent, and nothing be unknown.
    const limitMs = request.purpose === 'token' ? Infinity : atMostMs;
    const timeoutMs = Math.min(limitMs, request.timeoutMs ?? Infinity);
    return super.send({ ...request, timeoutMs });
  }
}
