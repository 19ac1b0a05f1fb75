import { currencyExponent } from '../../../../shared/money/currency';
import { minorTextToDecimal } from '../../../../shared/money/money';
import { type JsonObject } from '../../../../shared/json';
import {
  type InvoiceDocument,
  type InvoiceLine,
  type VatCategory,
} from '../../domain/invoice-document';
import { amountDue } from '../../domain/amount-due';
import { isGerman } from '../is-german';
import { plainText } from '../plain-text';
import { COUNTED, unitCode } from './unit-codes';
import { unitNetPrice } from './unit-net-price';

/** BG-25. */
export function describeLines({ lines, currency }: InvoiceDocument): readonly JsonObject[] {
  return lines.map((line) => {
    const code = unitCode(line.unit ?? '');
    const { price, baseQuantity } = unitNetPrice(line, currency);
    return {
      'cbc:ID': String(line.line),
      'cbc:InvoicedQuantity': line.quantity,
      'cbc:InvoicedQuantity@unitCode': code ?? COUNTED,
      ...amount('cbc:LineExtensionAmount', { minor: line.net_minor, currency }),
      'cac:Item': {
        // A unit without a code must not get lost: the quantity would mean something else.
        'cbc:Description': code === null ? plainText(line.unit) : undefined,
        'cbc:Name': plainText(line.description),
        'cac:ClassifiedTaxCategory': taxCategory(line),
      },
      'cac:Price': {
        'cbc:PriceAmount': price,
        'cbc:PriceAmount@currencyID': currency,
        ...(baseQuantity === null
          ? {}
          : {
              'cbc:BaseQuantity': baseQuantity,
              'cbc:BaseQuantity@unitCode': code ?? COUNTED,
            }),
      },
    };
  });
}

/** BG-23 and BT-110. */
export function describeTax(document: InvoiceDocument): JsonObject {
  const { vat, vat_minor: tax, currency } = document;
  return {
    ...amount('cbc:TaxAmount', { minor: tax, currency }),
    'cac:TaxSubtotal': vat.map((subtotal) => ({
      ...amount('cbc:TaxableAmount', { minor: subtotal.net_minor, currency }),
      ...amount('cbc:TaxAmount', { minor: subtotal.vat_minor, currency }),
      'cac:TaxCategory': {
        ...taxCategory(subtotal),
        // Germany wants it of every subtotal (DE-R-014); EN 16931 forbids that of lines only (BR-O-05).
        ...(isGerman(document) ? { 'cbc:Percent': subtotal.vat_rate } : {}),
        'cbc:TaxExemptionReasonCode': plainText(subtotal.exemption_code),
        'cbc:TaxExemptionReason': plainText(subtotal.exemption_reason),
      },
    })),
  };
}

/** BG-22; without allowances and charges the sum of the lines is the net amount. A credit note names all that it takes back. */
export function describeTotals({ currency, ...document }: InvoiceDocument): JsonObject {
  const { net_minor: net, total_minor: total, prepaid_minor: prepaid } = document;
  const due = document.kind === 'invoice' ? amountDue(document).toString() : total;
  return {
    ...amount('cbc:LineExtensionAmount', { minor: net, currency }),
    ...amount('cbc:TaxExclusiveAmount', { minor: net, currency }),
    ...amount('cbc:TaxInclusiveAmount', { minor: total, currency }),
    ...(prepaid === '0' ? {} : amount('cbc:PrepaidAmount', { minor: prepaid, currency })),
    ...amount('cbc:PayableAmount', { minor: due, currency }),
  };
}

/** BT-151/152 and BT-118/119; outside the scope of VAT there is no rate, not even zero (BR-O-05). */
function taxCategory(
  taxed: Pick<InvoiceLine, 'vat_rate'> & { readonly vat_category: VatCategory },
): JsonObject {
  return {
    'cbc:ID': taxed.vat_category,
    'cbc:Percent': taxed.vat_category === 'O' ? undefined : taxed.vat_rate,
    'cac:TaxScheme': { 'cbc:ID': 'VAT' },
  };
}

function amount(
  name: string,
  { minor, currency }: { minor: string; currency: string },
): JsonObject {
  const exponent = currencyExponent(currency);
  // Of a currency with three decimals only two may be written; the rules have seen that the last one is zero.
  const text = minorTextToDecimal(minor, exponent);
  return {
    [name]: exponent > 2 ? text.slice(0, 2 - exponent) : text,
    [`${name}@currencyID`]: currency,
  };
}
