import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { customerDetails } from '../../customers/customers.facade';
import { InvoicePayments } from '../storage/invoice-payments';
import { type InvoiceRow } from '../storage/invoice.row';
import { InvoicesRepository } from '../storage/invoices.repository';
import { noSuchCustomer } from './create-invoice';
import { type DraftInput, draftFieldsOf, inputOf } from './draft-input';
import { allowedFor, boundToPayment } from './refusals';

/** Changes and deletes drafts; what is issued is neither. */
@Injectable()
export class UpdateInvoice {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoicesRepository,
    private readonly links: InvoicePayments,
  ) {}

  /** Only the given fields change; lines are replaced as a whole. */
  async execute(id: string, changes: Partial<DraftInput>): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const invoice = allowedFor('edit', await this.invoices.lock(tx, id));
      await this.refuseOther(tx, invoice, changes);
      const { customerId } = changes;
      if (customerId !== undefined && !(await customerDetails(tx, customerId))) {
        throw noSuchCustomer();
      }
      const lines = changes.lines ?? (await this.invoices.linesOf(tx, id));
      const fields = draftFieldsOf({ ...inputOf(invoice), ...changes, lines });
      await this.invoices.edit(tx, invoice, fields);
    });
  }

  /** What a payment paid for already is neither somebody else's nor in other money. */
  private async refuseOther(
    tx: Tx,
    invoice: InvoiceRow,
    changes: Partial<DraftInput>,
  ): Promise<void> {
    const { id, customer_id, currency } = invoice;
    const { customerId = customer_id, currency: wanted = currency } = changes;
    if (customerId === customer_id && wanted === currency) return;
    const [payment] = await this.links.paymentsOf(tx, id);
    if (payment !== undefined) throw boundToPayment(invoice, payment);
  }

  async delete(id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const invoice = allowedFor('delete', await this.invoices.lock(tx, id));
      await this.invoices.delete(tx, invoice);
    });
  }
}
