import { type X509Certificate } from 'node:crypto';
import { type Clock } from '../../shared/clock';
import { parseJson } from '../../shared/json';
import { type CallResult } from '../provider-call';
import {
  type NotificationList,
  type NotificationOps,
  type NotificationVerdict,
  type RawNotification,
} from '../provider-parts';
import { askAboutSignature, type PayPalAnswer } from './paypal.ask';
import { isTrusted, type Trust } from './paypal.certificate-chain';
import { locateCertificate, type CertificateUrl } from './paypal.certificate-url';
import { type PayPalCertificates } from './paypal.certificates';
import { type PayPalClient } from './paypal.client';
import { listEvents } from './paypal.event-list';
import { readEvent } from './paypal.events';
import { PayPalQuestions } from './paypal.questions';
import { isSigned, readTransmission, type SignedDelivery } from './paypal.signature';

/** What the notifications of one account are judged by. */
export interface PayPalWebhook {
  readonly id: string;
  /** Where certificates may come from. */
  readonly places: readonly string[];
  readonly trust: Trust;
}

type Tools = {
  readonly client: Pick<PayPalClient, 'verifySignature' | 'listEvents'>;
  readonly certificates: Pick<PayPalCertificates, 'at' | 'kept'>;
  readonly clock: Clock;
};

/** Deliveries that wait for a certificate or for PayPal's word. Each holds its body, of up to 256 kB. */
const UNDER_WAY_MAX = 64;

/**
 * What PayPal tells us. A delivery is judged here by its certificate; only where that decides nothing, PayPal
 * is asked. Its age is no reason to refuse it: PayPal repeats a delivery for three days.
 */
export class PayPalNotifications implements NotificationOps {
  private readonly questions: PayPalQuestions;
  private underWay = 0;

  constructor(
    private readonly tools: Tools,
    private readonly webhook: PayPalWebhook,
  ) {
    this.questions = new PayPalQuestions(tools.clock);
  }

  async verify({ headers, body }: RawNotification): Promise<NotificationVerdict> {
    const transmission = readTransmission(headers);
    if (!transmission) return forged('a header is missing or odd');
    const url = locateCertificate(transmission.certificateUrl, this.webhook.places);
    if (!url) return forged('the certificate is not in an allowed place');
    const delivery = { transmission, body, webhookId: this.webhook.id };
    // Whoever made up the name of a certificate must not hold up what can be judged at once.
    const kept = this.tools.certificates.kept(url);
    const answer = (kept && this.judge(delivery, kept)) ?? (await this.inquire(delivery, url));
    switch (answer.kind) {
      case 'failure':
        return forged('the signature does not fit');
      case 'silence':
        return { verdict: 'undecided', trouble: answer.trouble };
      case 'success':
        return read(delivery);
    }
  }

  list(since: Date): Promise<CallResult<NotificationList>> {
    return listEvents(this.tools, since);
  }

  /** What takes a call: the certificate, and where that decides nothing, PayPal's word. */
  private async inquire(delivery: SignedDelivery, url: CertificateUrl): Promise<PayPalAnswer> {
    if (this.underWay >= UNDER_WAY_MAX) return crowded();
    this.underWay++;
    try {
      const lookup = await this.tools.certificates.at(url);
      if (lookup.kind === 'absent') return { kind: 'failure' };
      if (lookup.kind === 'crowded') return crowded();
      const judged = lookup.kind === 'found' ? this.judge(delivery, lookup.certificates) : null;
      return judged ?? (await this.ask(delivery));
    } finally {
      this.underWay--;
    }
  }

  /** Null when the certificate decides nothing: it is not known to be PayPal's. */
  private judge(
    delivery: SignedDelivery,
    certificates: readonly X509Certificate[],
  ): PayPalAnswer | null {
    const key = certificates[0]?.publicKey;
    if (!key || !isTrusted(certificates, this.webhook.trust, this.tools.clock.now())) return null;
    return { kind: isSigned(delivery, key) ? 'success' : 'failure' };
  }

  /** PayPal sends JSON only, so it need not be asked about anything else. */
  private async ask(delivery: SignedDelivery): Promise<PayPalAnswer> {
    const event = decode(delivery.body);
    if (event === null || parseJson(event) === undefined) return { kind: 'failure' };
    const { client } = this.tools;
    const answer = await this.questions.ask(() => askAboutSignature(client, delivery, event));
    return answer ?? crowded();
  }
}

function crowded(): PayPalAnswer {
  const message = 'Too many deliveries cannot be judged at once; nobody was asked about this one.';
  return { kind: 'silence', trouble: { code: 'too_many_deliveries', message, reference: null } };
}

function read({ body, transmission }: SignedDelivery): NotificationVerdict {
  const text = decode(body);
  const event = text === null ? null : readEvent(text);
  if (event) {
    return { verdict: 'genuine', notification: { ...event, transmissionId: transmission.id } };
  }
  return { verdict: 'unreadable', reason: 'the body is no event' };
}

function forged(reason: string): NotificationVerdict {
  return { verdict: 'forged', reason };
}

/** The text of the bytes, which gives the same bytes again; null when there is none. */
function decode(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
