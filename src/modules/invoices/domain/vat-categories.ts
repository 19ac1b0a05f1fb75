import { type InvoiceLocale, type VatCategory } from './invoice-document';

export const VAT_CATEGORIES: readonly VatCategory[] = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O'];

/** Why no VAT is charged, as the document says it (BT-120), with its code (BT-121). */
export interface VatExemption {
  readonly code: string | null;
  readonly reason: Readonly<Record<InvoiceLocale, string>>;
}

/**
 * The words that directive 2006/112/EC (art. 226, no. 11 and 11a) and national law ask for. Codes: VATEX list,
 * https://ec.europa.eu/digital-building-blocks/sites/display/DIGITAL/Registry+of+supporting+artefacts+to+implement+EN16931.
 * S charges VAT and Z has a rate of zero: both need no reason.
 */
export const VAT_EXEMPTIONS: Readonly<Record<VatCategory, VatExemption | null>> = {
  S: null,
  Z: null,
  E: {
    code: null,
    reason: {
      nl: 'Vrijgesteld van btw',
      en: 'Exempt from VAT',
      de: 'Umsatzsteuerfrei',
    },
  },
  AE: {
    code: 'VATEX-EU-AE',
    reason: {
      nl: 'Btw verlegd',
      en: 'Reverse charge',
      de: 'Steuerschuldnerschaft des Leistungsempfängers',
    },
  },
  K: {
    code: 'VATEX-EU-IC',
    reason: {
      nl: 'Intracommunautaire levering, artikel 138 van richtlijn 2006/112/EG',
      en: 'Intra-Community supply, article 138 of directive 2006/112/EC',
      de: 'Steuerfreie innergemeinschaftliche Lieferung, Artikel 138 der Richtlinie 2006/112/EG',
    },
  },
  G: {
    code: 'VATEX-EU-G',
    reason: {
      nl: 'Uitvoer buiten de EU, artikel 146 van richtlijn 2006/112/EG',
      en: 'Export outside the EU, article 146 of directive 2006/112/EC',
      de: 'Steuerfreie Ausfuhrlieferung, Artikel 146 der Richtlinie 2006/112/EG',
    },
  },
  O: {
    code: 'VATEX-EU-O',
    reason: {
      nl: 'Buiten de reikwijdte van de btw',
      en: 'Not subject to VAT',
      de: 'Nicht steuerbar',
    },
  },
};
