import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { customerDetails } from '../../customers/customers.facade';
import { INVOICES_SETTINGS, type InvoicesSettings } from '../invoices.settings';
import { type InvoiceRow, type LineRow } from '../storage/invoice.row';
import { type DraftFields, InvoicesRepository } from '../storage/invoices.repository';
import { YearTurned } from '../storage/number-series';
import { type InvoiceResult } from './create-invoice';
import { documentPartsOf } from './document-parts';
import { draftFieldsOf, inputOf } from './draft-input';
import { IssueDocument } from './issue-document';
import { allowedFor } from './refusals';
import { SettleInvoice } from './settle-invoice';

export interface InvoiceCommand {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly id: string;
}

/** Turns a draft into an invoice: numbered, frozen, owed. */
@Injectable()
export class IssueInvoice {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoicesRepository,
    private readonly issueDocument: IssueDocument,
    private readonly settleInvoice: SettleInvoice,
    @Inject(INVOICES_SETTINGS) private readonly settings: InvoicesSettings,
  ) {}

  async execute(command: InvoiceCommand): Promise<InvoiceResult> {
    const claimed = await findClaimed(this.database, command.idempotency);
    if (claimed) return { id: claimed.resourceId, replayed: true };
    await onceMoreWhenTheYearTurns(() =>
      this.database.inTransaction((tx) => this.issue(tx, command)),
    );
    return { id: command.id, replayed: false };
  }

  private async issue(tx: Tx, { id, idempotency, caller }: InvoiceCommand): Promise<void> {
    await claimKey(tx, idempotency, { resourceId: id, operationId: null });
    const { draft, lines } = await this.recomputed(tx, id);
    const customer = await customerDetails(tx, draft.customer_id);
    if (!customer) throw new Error(`customer ${draft.customer_id} vanished`);
    const partsOn = (today: string) =>
      documentPartsOf({ invoice: draft, lines, customer, today }, this.settings);
    const actor = caller.subject;
    const issued = await this.issueDocument.execute(tx, { draft, partsOn, actor });
    // Made from a payment, it is paid already.
    await this.settleInvoice.afterIssue(tx, issued, actor);
  }

  /**
   * The locked draft with amounts of today's arithmetic, which an older release may have stored otherwise: document, row
   * and ledger say the same.
   */
  private async recomputed(tx: Tx, id: string) {
    const draft = allowedFor('issue', await this.invoices.lock(tx, id));
    const lines = await this.invoices.linesOf(tx, id);
    const fresh = draftFieldsOf({ ...inputOf(draft), lines });
    if (isUpToDate(draft, lines, fresh)) return { draft, lines };
    return { draft: await this.invoices.edit(tx, draft, fresh), lines: fresh.lines };
  }
}

/** Whether the row says of its amounts what its lines come to. */
function isUpToDate(draft: InvoiceRow, lines: readonly LineRow[], fresh: DraftFields): boolean {
  const amounts = (rows: readonly LineRow[]) =>
    rows.map(({ net_minor, total_minor }) => `${net_minor} ${total_minor}`).join();
  return (
    draft.net_minor === fresh.net.toString() &&
    draft.total_minor === fresh.total.toString() &&
    amounts(lines) === amounts(fresh.lines)
  );
}

/** The one moment of a year in which the number would be of another year than the date. */
export async function onceMoreWhenTheYearTurns<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof YearTurned) return work();
    throw error;
  }
}
