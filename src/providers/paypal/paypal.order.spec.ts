import { Money } from '../../shared/money/money';
import { type CreateOrder } from '../payment-provider';
import { orderRequest } from './paypal.order';

const amount = { currency_code: 'EUR', value: '10.00' };

const order: CreateOrder = {
  reference: 'pay_01',
  key: 'key-1',
  amount: Money.of(1000n, 'EUR'),
  captureMethod: 'automatic',
  description: 'Ten euros',
  returnUrl: 'https://shop.example/return',
  cancelUrl: 'https://shop.example/cancel',
  payMethods: [],
  metadata: {},
  providerCustomer: null,
  mandate: null,
  setupMandate: false,
  locale: 'nl-NL',
};

describe('the order that PayPal is asked for', () => {
  it('has one unit with our reference twice, and pages that end in paying', () => {
    expect(orderRequest(order, amount, 'Kassa')).toEqual({
      intent: 'CAPTURE',
      purchase_units: [
        {
          reference_id: 'default',
          amount,
          custom_id: 'pay_01',
          invoice_id: 'pay_01',
          description: 'Ten euros',
        },
      ],
      payment_source: {
        paypal: {
          experience_context: {
            return_url: 'https://shop.example/return',
            cancel_url: 'https://shop.example/cancel',
            brand_name: 'Kassa',
            locale: 'nl-NL',
            user_action: 'PAY_NOW',
            shipping_preference: 'NO_SHIPPING',
          },
        },
      },
    });
  });

  it('only asks to hold the money of a payment that is captured by hand', () => {
    expect(orderRequest({ ...order, captureMethod: 'manual' }, amount, null).intent).toBe(
      'AUTHORIZE',
    );
  });

  it('leaves out what there is not', () => {
    const bare = { ...order, description: null, returnUrl: null, cancelUrl: null, locale: null };
    const request = orderRequest(bare, amount, null);
    expect(request.purchase_units[0]).not.toHaveProperty('description');
    expect(request.payment_source.paypal.experience_context).toEqual({
      user_action: 'PAY_NOW',
      shipping_preference: 'NO_SHIPPING',
    });
  });

  it.each(['nl', 'nl_NL', 'NL-nl', 'english', ''])('leaves out the locale "%s"', (locale) => {
    expect(experience({ ...order, locale })).not.toHaveProperty('locale');
  });

  it.each(['en-US', 'zh-Hant-TW', 'es-419'])('sends the locale %s', (locale) => {
    expect(experience({ ...order, locale })).toHaveProperty('locale', locale);
  });

  it.each([
    ['a long text', 'x'.repeat(300), 127],
    ['a text of exactly 127', 'x'.repeat(127), 127],
    ['a pair of surrogates at the edge', `${'x'.repeat(126)}😀`, 126],
  ])('cuts %s', (_what, description, length) => {
    const sent = orderRequest({ ...order, description }, amount, null).purchase_units[0];
    expect(sent?.description).toBe('x'.repeat(length));
  });
});

function experience(changed: CreateOrder) {
  return orderRequest(changed, amount, null).payment_source.paypal.experience_context;
}
