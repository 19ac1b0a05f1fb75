/** Where an invoice stands. A credit note is issued and stays so. */
export const INVOICE_STATES = ['draft', 'issued', 'paid', 'credited'] as const;

export type InvoiceState = (typeof INVOICE_STATES)[number];

export const INVOICE_KINDS = ['invoice', 'credit_note'] as const;

export type InvoiceKind = (typeof INVOICE_KINDS)[number];

/** What can happen to one: it is issued, its open amount is gone, or all of it is taken back. */
export const INVOICE_TRIGGERS = ['issue', 'settle', 'credit'] as const;

export type InvoiceTrigger = (typeof INVOICE_TRIGGERS)[number];

type Edges = Readonly<Partial<Record<InvoiceTrigger, InvoiceState>>>;

/** Every edge there is; the migration holds them once more as a second wall. */
export const INVOICE_EDGES: Readonly<Record<InvoiceState, Edges>> = {
  draft: { issue: 'issued' },
  issued: { settle: 'paid', credit: 'credited' },
  paid: { credit: 'credited' },
  credited: {},
};

/** Where a trigger leads; null where it is illegal. */
export function move(from: InvoiceState, trigger: InvoiceTrigger): InvoiceState | null {
  return INVOICE_EDGES[from][trigger] ?? null;
}

/** What callers ask for. */
export const INVOICE_ACTIONS = ['edit', 'delete', 'issue', 'pay', 'credit'] as const;

export type InvoiceAction = (typeof INVOICE_ACTIONS)[number];

const ALLOWED_IN: Readonly<Record<InvoiceAction, readonly InvoiceState[]>> = {
  edit: ['draft'],
  delete: ['draft'],
  issue: ['draft'],
  pay: ['issued'],
  credit: ['issued', 'paid'],
};

/** Whether an action is possible at all; what a credit note is does not change any more. */
export function isAllowed(
  action: InvoiceAction,
  { kind, state }: { readonly kind: InvoiceKind; readonly state: InvoiceState },
): boolean {
  return kind === 'invoice' && ALLOWED_IN[action].includes(state);
}
