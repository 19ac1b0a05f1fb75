import { Injectable } from '@nestjs/common';
import { Logger } from '../../../platform/logging/log';
import { type OperationRow } from '../storage/operation.row';
import { LEASE_S, OperationsRepository } from '../storage/operations.repository';

/** Three signs of life per lease: two may get lost before others believe that we died. */
const RENEW_MS = (LEASE_S * 1000) / 3;

/** Keeps an operation ours while a provider call lasts; a process that dies stops doing so. */
@Injectable()
export class HoldLease {
  constructor(
    private readonly operations: OperationsRepository,
    private readonly log: Logger,
  ) {}

  async during<T>(operation: OperationRow, call: () => Promise<T>): Promise<T> {
    const timer = setInterval(() => {
      this.operations.renew(operation).catch((error: unknown) => {
        this.log.warn({ error: String(error) }, 'the lease of an operation was not renewed');
      });
    }, RENEW_MS);
    try {
      return await call();
    } finally {
      clearInterval(timer);
    }
  }
}
