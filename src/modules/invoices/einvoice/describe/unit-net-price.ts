import { currencyExponent } from '../../../../shared/money/currency';
import { type InvoiceLine } from '../../domain/invoice-document';
import { type Decimal } from '../../domain/decimal';
import { decimal, decimalText, isEqual, majorUnits, quotient, rounded, times } from '../decimal';

/** BT-146, the price of one unit without VAT, and BT-149 where it is the price of several. */
export interface UnitNetPrice {
  readonly price: string;
  readonly baseQuantity: string | null;
}

const DECIMALS_TRIED = [2, 4, 6, 8, 10];

/**
 * The price of which quantity × price gives the line's net amount again, which receivers recompute (PEPPOL-EN16931-R120).
 * That is the price as entered, unless it holds VAT or the amount was rounded to a currency without cents; then a
 * price with as few decimals as do, and as the last resort the whole amount as the price of the whole quantity.
 */
export function unitNetPrice(line: InvoiceLine, currency: string): UnitNetPrice {
  const net = majorUnits(BigInt(line.net_minor), currencyExponent(currency));
  const quantity = decimal(line.quantity);
  const entered = line.price_includes_vat ? [] : [decimal(line.unit_price)];
  const derived = DECIMALS_TRIED.map((scale) => quotient(net, { by: quantity, scale }));
  const price = [...entered, ...derived].find((one) => givesBack(net, times(quantity, one)));
  if (price !== undefined) return { price: decimalText(price), baseQuantity: null };
  return { price: decimalText(net), baseQuantity: line.quantity };
}

/** The receivers' rule compares cents, whatever the currency. */
function givesBack(net: Decimal, product: Decimal): boolean {
  return isEqual(rounded(product, Math.max(2, net.scale)), net);
}
