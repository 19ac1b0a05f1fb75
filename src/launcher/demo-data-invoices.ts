import { type CreateInvoice } from '../modules/invoices/actions/create-invoice';
import { type CreditInvoice } from '../modules/invoices/actions/credit-invoice';
import { type IssueInvoice } from '../modules/invoices/actions/issue-invoice';
import { type PayInvoice } from '../modules/invoices/actions/pay-invoice';
import { decimalOf } from '../modules/invoices/domain/decimal';
import { type DraftLine } from '../modules/invoices/domain/draft';
import { type InvoiceQueries } from '../modules/invoices/queries/invoice-queries';
import { type ApprovePayment } from '../modules/payments/actions/approve-payment';
import { exampleUuids } from '../shared/example-ids';
import { DEMO_STAFF } from './demo-data-customers';
import { press } from './demo-data-payments';

export interface InvoiceActions {
  readonly create: CreateInvoice;
  readonly issue: IssueInvoice;
  readonly credit: CreditInvoice;
  readonly pay: PayInvoice;
  readonly approve: ApprovePayment;
  readonly queries: InvoiceQueries;
}

interface Story {
  readonly id: string;
  readonly customer: string;
  readonly locale: 'nl' | 'en' | 'de';
  readonly lines: readonly DraftLine[];
  /** Due on the day of its issue, so that it is overdue from tomorrow on. */
  readonly isDueToday?: boolean;
  readonly then: 'wait' | 'issue' | 'pay' | 'credit';
}

const ASKED = { caller: DEMO_STAFF, idempotency: null };

const line = (
  description: string,
  changes: Partial<DraftLine> & Pick<DraftLine, 'unit_price'>,
) => ({
  description,
  quantity: '1',
  unit: null,
  price_includes_vat: false,
  vat_category: 'S' as const,
  vat_rate: '21',
  ...changes,
});

const PLAN = line('Premium-abonnement', { unit: 'month', unit_price: '100' });

const STORIES: readonly Story[] = [
  {
    id: exampleUuids.paidInvoice,
    customer: exampleUuids.customer,
    locale: 'nl',
    lines: [PLAN],
    then: 'pay',
  },
  {
    id: exampleUuids.overdueInvoice,
    customer: exampleUuids.customer,
    locale: 'nl',
    lines: [
      line('Koffiemok', { quantity: '2', unit_price: '12.95', price_includes_vat: true }),
      line('Kookboek', { unit_price: '24.90', price_includes_vat: true, vat_rate: '9' }),
    ],
    isDueToday: true,
    then: 'issue',
  },
  {
    id: exampleUuids.partlyCreditedInvoice,
    customer: exampleUuids.germanCustomer,
    locale: 'de',
    lines: [
      line('Bürostuhl', { quantity: '4', unit: 'piece', unit_price: '149.50' }),
      line('Montage', { quantity: '1.5', unit: 'hour', unit_price: '65' }),
    ],
    then: 'credit',
  },
  {
    id: exampleUuids.reverseChargeInvoice,
    customer: exampleUuids.belgianCustomer,
    locale: 'en',
    lines: [
      line('Consulting', {
        quantity: '12.5',
        unit: 'hour',
        unit_price: '95',
        vat_category: 'AE',
        vat_rate: '0',
      }),
    ],
    then: 'issue',
  },
  {
    id: exampleUuids.draftInvoice,
    customer: exampleUuids.customer,
    locale: 'nl',
    lines: [PLAN],
    then: 'wait',
  },
];

/** Lives every story through once; a story that was begun before is left as it stands. */
export async function makeDemoInvoices(actions: InvoiceActions): Promise<void> {
  for (const story of STORIES) {
    if (await actions.queries.find(DEMO_STAFF, story.id)) continue;
    await draft(actions, story);
    if (story.then !== 'wait') await actions.issue.execute({ ...ASKED, id: story.id });
    if (story.then === 'pay') await pay(actions, story.id);
    if (story.then === 'credit') await creditPart(actions, story.id);
  }
}

async function draft({ create }: InvoiceActions, story: Story): Promise<void> {
  await create.execute({
    ...ASKED,
    id: story.id,
    customerId: story.customer,
    currency: 'EUR',
    locale: story.locale,
    reference: 'PO-4711',
    dueDate: story.isDueToday ? today() : null,
    startDate: null,
    endDate: null,
    vatExemptionReason: null,
    lines: story.lines,
  });
}

/** In the time zone that invoices have unless told otherwise. */
function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' }).format(new Date());
}

async function pay({ pay, approve }: InvoiceActions, id: string): Promise<void> {
  const { payment } = await pay.execute({
    ...ASKED,
    id,
    paymentId: exampleUuids.invoicePayment,
    provider: 'paypal',
    returnUrl: 'https://shop.example.com/return',
    cancelUrl: 'https://shop.example.com/cancel',
    payMethods: [],
    locale: null,
    autoApprove: false,
  });
  if (payment.checkout_url === null) return;
  await press('pay', payment.checkout_url);
  await approve.execute({ ...ASKED, payment, payerId: null, token: null });
}

async function creditPart({ credit }: InvoiceActions, id: string): Promise<void> {
  await credit.execute({
    ...ASKED,
    id,
    creditNoteId: exampleUuids.creditNote,
    wishes: [{ line: 1, quantity: decimalOf('1') }],
    reference: null,
  });
}
