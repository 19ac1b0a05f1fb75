import { type Clock } from '../../shared/clock';
import { type Rate, RateLimit } from './paypal.rate';

/**
 * PayPal is only asked where its certificate decides nothing, which strangers can bring about with our token and
 * PayPal's patience. A few at once is what a certificate that cannot be fetched for a moment takes.
 */
const RATE: Rate = { burst: 5, perS: 2 };
/** Questions that wait while one is under way; each of them holds a body, and its sender. */
const WAITING_MAX = 4;

/** Asks one question after the other, and none too many. */
export class PayPalQuestions {
  private readonly rate: RateLimit;
  private last: Promise<unknown> = Promise.resolve();
  private open = 0;

  constructor(clock: Clock) {
    this.rate = new RateLimit(RATE, clock);
  }

  /** Null when there are too many: nothing was asked then. */
  async ask<T>(question: () => Promise<T>): Promise<T | null> {
    if (this.open > WAITING_MAX || !this.rate.take()) return null;
    this.open++;
    const answer = this.last.then(question);
    this.last = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      this.open--;
    }
  }
}
