import { type ErrorExample, type FieldError, type ProviderTrouble } from '../shared/app-error';

type Members = NonNullable<ErrorExample['members']>;
type Troubles = Readonly<Record<'paypal' | 'paypro', ProviderTrouble>>;

const SILENCE = {
  code: 'ECONNREFUSED',
  message: 'The provider could not be reached; nothing was sent.',
  reference: null,
};

/** What comes of calls that reach nobody. */
export const silence: Troubles = {
  paypal: { name: 'paypal', ...SILENCE },
  paypro: { name: 'paypro', ...SILENCE },
};

/** How the providers turn away somebody with a wrong key. */
export const lockedOut: Troubles = {
  paypal: {
    name: 'paypal',
    code: 'invalid_client',
    message: 'Client Authentication failed',
    reference: 'f1e2d3c4b5a69',
  },
  paypro: {
    name: 'paypro',
    code: 'authentication_error',
    message: 'The API key is missing or unknown',
    reference: 'b24ffbe5-3f3a-4ef7-9394-ecc3bd64bc98',
  },
};

/** How PayPal refuses; its code is one of a list. */
export function refusedByPaypal(code: string): ProviderTrouble {
  const message = 'The requested action could not be performed.';
  return { name: 'paypal', code, message, reference: 'f1e2d3c4b5a69' };
}

export const refusedByPaypro: ProviderTrouble = {
  name: 'paypro',
  code: 'invalid_request',
  message: 'It is not acceptable.',
  reference: null,
};

/** How they say that there is no such thing. */
export const unknownAtPaypal: ProviderTrouble = {
  name: 'paypal',
  code: 'INVALID_RESOURCE_ID',
  message: 'There is nothing with this id, or no longer.',
  reference: 'f1e2d3c4b5a69',
};

export const unknownAtPaypro: ProviderTrouble = {
  name: 'paypro',
  code: 'not_found',
  message: 'There is nothing here.',
  reference: null,
};

/** Asked by somebody who changes nothing; `who` is the name of the provider. */
export function noAnswer(who: string, provider: ProviderTrouble): ErrorExample {
  return { detail: `${who} gave no usable answer. Nothing was changed; try again.`, provider };
}

export function needsAttention(provider: ProviderTrouble, members: Members = {}): ErrorExample {
  const { name, code } = provider;
  const detail = `The account ${name} at the provider needs attention (${code}).`;
  return { detail, provider, members };
}

/** `what` was not accepted. */
export function notAccepted(
  what: string,
  provider: ProviderTrouble,
  members: Members = {},
): ErrorExample {
  const { code, message } = provider;
  return { detail: `The provider did not accept ${what} (${code}): ${message}`, provider, members };
}

/** Where PayPal and PayPro are configured. */
export function notConfigured(account: string): ErrorExample {
  return {
    detail: `There is no provider account "${account}". There are: paypal, paypro.`,
    errors: [
      { pointer: '/provider', code: 'provider_not_configured', detail: 'One of paypal, paypro.' },
    ],
  };
}

const AT_PAYPAL: FieldError = {
  pointer: '/pay_methods/0',
  code: 'pay_method',
  detail: 'PayPal (paypal) has no pay method no_such_method, only paypal.',
};

const AT_PAYPRO: FieldError = {
  ...AT_PAYPAL,
  detail:
    'PayPro (paypro) has no pay method no_such_method, only afterpay, bancontact, bank-transfer, creditcard, ' +
    'direct-debit, ideal, ideal-qr, klarna-paynow, paypal.',
};

export const noPayMethodAtPaypal: ErrorExample = { detail: AT_PAYPAL.detail, errors: [AT_PAYPAL] };

export const noPayMethodAnywhere: ErrorExample = {
  detail: 'None of the configured providers takes this payment.',
  errors: [AT_PAYPAL, AT_PAYPRO],
};
