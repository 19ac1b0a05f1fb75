import { Injectable } from '@nestjs/common';
import { sqlState } from '../../platform/database/sql-state';
import { notificationForged } from '../providers.errors';
import { type NewNotification, NotificationsRepository } from './storage/notifications.repository';

/** What one statement stores; more wait for the next one, a few milliseconds later. */
const BATCH_MAX = 200;

interface Waiting {
  readonly notification: NewNotification;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores what arrives while another statement is under way together, so that a flood costs one commit for many.
 * Nobody is answered before the commit that holds their notification. How many can wait is bounded by the
 * connections that the server accepts.
 */
@Injectable()
export class StoreNotifications {
  private waiting: Waiting[] = [];
  private isWriting = false;

  constructor(private readonly notifications: NotificationsRepository) {}

  /** Settles when it is stored, or was before. Throws 401 for a second event under the same signature. */
  store(notification: NewNotification): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ notification, resolve, reject });
      if (!this.isWriting) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH_MAX);
      this.waiting = this.waiting.slice(BATCH_MAX);
      await this.writeBatch(batch);
    }
    this.isWriting = false;
  }

  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const refused = await this.notifications.store(batch.map((one) => one.notification));
      for (const { notification, resolve, reject } of batch) {
        if (refused.includes(notification)) reject(usedTwice());
        else resolve();
      }
    } catch (error) {
      // One that the database refuses must not take the others with it; when it is away, all wait for the repeat.
      if (batch.length > 1 && isRefusal(error)) {
        for (const one of batch) await this.writeBatch([one]);
      } else for (const { reject } of batch) reject(error);
    }
  }
}

function usedTwice() {
  return notificationForged('The signature was made for another event. Nothing was stored.');
}

/** The data itself is at fault: classes 22 and 23 of https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isRefusal(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}
