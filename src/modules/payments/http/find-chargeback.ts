import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { readAnyId } from '../../../shared/id';
import { chargebackNotFound } from '../payments.errors';
import { ChargebackQueries } from '../queries/chargeback-queries';
import { type ChargebackRow } from '../storage/chargeback.row';

/** Finds the chargeback that a request is about; one of somebody else does not exist. */
@Injectable()
export class FindChargeback {
  constructor(private readonly queries: ChargebackQueries) {}

  async byId(caller: Caller, text: string): Promise<ChargebackRow> {
    const id = readAnyId('chg', text);
    const chargeback = id === null ? null : await this.queries.find(caller, id);
    if (chargeback) return chargeback;
    throw chargebackNotFound('There is no chargeback with this id, or it is not yours.');
  }
}
