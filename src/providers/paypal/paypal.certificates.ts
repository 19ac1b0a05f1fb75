import { type X509Certificate } from 'node:crypto';
import { type Clock } from '../../shared/clock';
import { type ProviderHttp } from '../provider-http';
import { type ProviderReply } from '../provider-reply';
import { readCertificates } from './paypal.certificate-chain';
import { type CertificateUrl } from './paypal.certificate-url';
import { type Rate, RateLimit } from './paypal.rate';

/** PayPal signs with one or two certificates at a time; the oldest makes room. */
const KEPT_MAX = 16;
/** A certificate that was not there is not asked for again at once, however often its address arrives. */
const FAILURE_KEPT_MS = 3_000;
/** Addresses that failed lately; the oldest makes room. */
const FAILURES_MAX = 200;
/** New certificates come once in months; more names than these are made up, and PayPal need not hear them all. */
const FETCH_RATE: Rate = { burst: 20, perS: 5 };
/** The delivery waits for it, and it is a small file. */
const FETCH_TIMEOUT_MS = 4_000;
/** A chain of three has about 6 kB. */
export const CERTIFICATE_BYTES_MAX = 65_536;

type Certificates = readonly X509Certificate[];

/**
 * What is known of an address. `absent`: its place says that no certificate is there, so nobody signed with it.
 * `unreachable`: nothing. `crowded`: nothing either, because too many addresses are asked for.
 */
export type CertificateLookup =
  | { readonly kind: 'found'; readonly certificates: Certificates }
  | { readonly kind: 'absent' | 'unreachable' }
  | { readonly kind: 'crowded' };

interface Failure {
  readonly kind: 'absent' | 'unreachable';
  readonly atMs: number;
}

/**
 * The certificates of signatures, fetched once by address and kept. Only what was fetched is kept here:
 * whether to trust it is asked anew each time, because dates pass.
 */
export class PayPalCertificates {
  private readonly keptByAddress = new Map<string, Certificates>();
  private readonly failures = new Map<string, Failure>();
  private readonly fetching = new Map<string, Promise<CertificateLookup>>();
  private readonly rate: RateLimit;

  constructor(
    /** How to reach each place that certificates may come from. */
    private readonly places: ReadonlyMap<string, Pick<ProviderHttp, 'send'>>,
    private readonly clock: Clock,
  ) {
    this.rate = new RateLimit(FETCH_RATE, clock);
  }

  /** What was fetched before, without any wait. */
  kept({ place, name }: CertificateUrl): Certificates | null {
    return this.keptByAddress.get(place + name) ?? null;
  }

  /** The certificate and its intermediates, fetched where they are not kept. */
  async at(url: CertificateUrl): Promise<CertificateLookup> {
    const kept = this.kept(url);
    if (kept) return { kind: 'found', certificates: kept };
    const address = url.place + url.name;
    const failure = this.failures.get(address);
    if (failure && Math.abs(this.nowMs() - failure.atMs) < FAILURE_KEPT_MS) return failure;
    const underWay = this.fetching.get(address);
    if (underWay) return underWay;
    if (!this.rate.take()) return { kind: 'crowded' };
    const fetching = this.fetch(url).finally(() => this.fetching.delete(address));
    this.fetching.set(address, fetching);
    return fetching;
  }

  private async fetch({ place, name }: CertificateUrl): Promise<CertificateLookup> {
    const reply = await this.places.get(place)?.send({
      method: 'GET',
      path: `/${name}`,
      headers: { Accept: 'application/x-pem-file, text/plain, */*' },
      purpose: 'certificate',
      timeoutMs: FETCH_TIMEOUT_MS,
      answerAs: 'text',
    });
    const lookup = read(reply);
    const key = place + name;
    if (lookup.kind === 'found') {
      keep(this.keptByAddress, { key, value: lookup.certificates, most: KEPT_MAX });
    } else {
      const value = { kind: lookup.kind, atMs: this.nowMs() };
      keep(this.failures, { key, value, most: FAILURES_MAX });
    }
    return lookup;
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}

/** A place that answers with something else than a certificate has none under this name. */
function read(
  reply: ProviderReply | undefined,
): Exclude<CertificateLookup, { readonly kind: 'crowded' }> {
  if (reply?.kind !== 'answer') return { kind: 'unreachable' };
  if (reply.status === 404) return { kind: 'absent' };
  if (reply.status !== 200) return { kind: 'unreachable' };
  const certificates = readCertificates(typeof reply.body === 'string' ? reply.body : '');
  return certificates ? { kind: 'found', certificates } : { kind: 'absent' };
}

/** Puts an entry last and lets the first ones go. */
function keep<T>(
  map: Map<string, T>,
  { key, value, most }: { readonly key: string; readonly value: T; readonly most: number },
): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
