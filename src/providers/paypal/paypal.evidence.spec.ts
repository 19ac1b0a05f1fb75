import { withoutPeople } from './paypal.evidence';

describe('what is kept of an answer as evidence', () => {
  it.each([['cart'], ['dispute_id'], ['custom_id'], ['related_resources'], ['type']])(
    'has %s',
    (field) => {
      expect(withoutPeople({ [field]: 'kept' })).toEqual({ [field]: 'kept' });
    },
  );

  it.each([['email_address'], ['shipping_address'], ['phone'], ['cartdispute_id']])(
    'lacks %s',
    (field) => {
      expect(withoutPeople({ [field]: 'gone' })).toEqual({});
    },
  );
});
