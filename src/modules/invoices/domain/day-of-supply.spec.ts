import { dayOfSupply } from './day-of-supply';

const INVOICE = {
  issue_date: '2026-11-20',
  start_date: '2026-11-01',
  end_date: '2026-11-30',
  credits: null,
};
const CREDITED = { id: 'inv_01kd0000000000000000000002', number: 'INV-2026-0001' };
const NOTE = { ...INVOICE, credits: { ...CREDITED, issue_date: '2026-10-05' } };
const UNDATED = { start_date: null, end_date: null };

describe('the day of the supply', () => {
  it.each([
    ['the last day of what is invoiced', INVOICE, '2026-11-30'],
    ['its only day where it has no last one', { ...INVOICE, end_date: null }, '2026-11-01'],
    ['the day of issue where it has no day', { ...INVOICE, ...UNDATED }, '2026-11-20'],
    ['of a credit note that of the invoice', NOTE, '2026-11-30'],
    ['of one without a day when the invoice was issued', { ...NOTE, ...UNDATED }, '2026-10-05'],
  ])('is %s', (_title, document, day) => {
    expect(dayOfSupply(document)).toBe(day);
  });
});
