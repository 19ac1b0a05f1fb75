import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database';
import { findClaimed, type IdempotencyClaim, rememberKey } from '../../platform/http/idempotency';
import { notificationNotFound } from '../providers.errors';
import { NotificationsRepository } from './storage/notifications.repository';

/** Staff's wish to apply a notification once more, say after an account was repaired. */
@Injectable()
export class ReplayNotification {
  constructor(
    private readonly database: Database,
    private readonly notifications: NotificationsRepository,
  ) {}

  async execute(id: string, claim: IdempotencyClaim | null): Promise<{ replayed: boolean }> {
    if (await findClaimed(this.database, claim)) return { replayed: true };
    const isKnown = await this.notifications.replay(id);
    if (!isKnown) throw notificationNotFound('There is no such notification.');
    await rememberKey(this.database, claim, { resourceId: id, operationId: null });
    return { replayed: false };
  }
}
