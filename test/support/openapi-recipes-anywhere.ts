import { type ScriptedReply } from './integration-proxy';
import { bodyOf } from './openapi-examples';
import { by, keyed, newKey, type Recipe, USED_KEY } from './openapi-recipe';
import { failing, newRequest, requestOf, send } from './openapi-requests';
import { whileLocked } from './while-locked';

const keyReused: Recipe = async (app, operation) =>
  send(app, operation, { ...(await requestOf(app, operation)), ...keyed(USED_KEY) });

/** A request with the same key is about to say what came of it. */
const keyInFlight: Recipe = async (app, operation) => {
  const request = await requestOf(app, operation);
  const key = newKey();
  const sql = `INSERT INTO platform.idempotency_keys (caller, key, fingerprint, resource_id)
    VALUES ('test-staff', $1, 'of the first request', gen_random_uuid())`;
  return whileLocked(app, [{ sql, values: [key] }], () =>
    send(app, operation, { ...request, ...keyed(key) }),
  );
};

/** Its intent is stored, and the gateway has not answered yet. */
const createInFlight: Recipe = async (app, operation, others) => {
  const request = await newRequest(app, operation);
  const at = await others.scripted();
  const call = at.proxy.holdUp({ method: 'POST', path: /\/v2\/checkout\/orders$/ });
  const again = { ...request, ...keyed(newKey()), at };
  const first = send(app, operation, again);
  await call.arrived;
  try {
    return await send(app, operation, again);
  } finally {
    call.letGo();
    await first;
  }
};

/** Of programs whose settings keep them from a provider. */
const at =
  (which: 'unreachable' | 'lockedOut' | 'strangers'): Recipe =>
  async (app, operation, others) => {
    const request = { ...(await requestOf(app, operation)), ...failing(operation) };
    return send(app, operation, { ...request, at: await others[which]() });
  };

/** Any call but the one for a token. */
const CALL = /^\/pay(?:pal|pro)\/(?!v1\/oauth2)/;

/** The answer of the gateway to what it is asked first. */
const replied =
  (reply: ScriptedReply): Recipe =>
  async (app, operation, others) => {
    const request = await requestOf(app, operation);
    const other = await others.scripted();
    const method = operation.id.startsWith('cancel') ? 'DELETE' : operation.method;
    other.proxy.answer({ method, path: CALL }, reply);
    const answer = await send(app, operation, { ...request, at: other });
    other.proxy.forget();
    return answer;
  };

/** In the words of both gateways. */
export const refusal = (issue: string) => ({
  status: 422,
  body: {
    name: 'UNPROCESSABLE_ENTITY',
    message: 'The requested action could not be performed.',
    debug_id: 'f1e2d3c4b5a69',
    details: [{ issue }],
    error: { type: 'invalid_request', message: 'It is not acceptable.', param: null },
  },
});

/** In the words of PayPro. */
const GONE = {
  status: 404,
  body: { error: { type: 'not_found', message: 'There is nothing here.', param: null } },
};

interface Named {
  readonly provider: string;
  /** Further members of the body. */
  readonly wishes?: object;
  /** Who is asked, where that is not the first program. */
  readonly by?: 'strangers';
}

/** The request itself names the account. */
export const named =
  ({ provider, wishes = {}, by: other }: Named): Recipe =>
  async (app, operation, others) => {
    const request = await requestOf(app, operation);
    const at = other === undefined ? app : await others[other]();
    if (operation.method === 'GET') {
      return send(app, operation, { ...request, query: `?provider=${provider}`, at });
    }
    const body = { ...(request.body ?? bodyOf(operation)), provider, ...wishes };
    return send(app, operation, { ...request, body, at });
  };

/** Errors that many operations answer, by code. */
export const recipesAnywhere: Readonly<Record<string, Recipe>> = {
  idempotency_key_reused: keyReused,
  idempotency_key_in_flight: (app, operation, others) =>
    CREATES.includes(operation.id)
      ? createInFlight(app, operation, others)
      : keyInFlight(app, operation, others),
  provider_unavailable: at('unreachable'),
  provider_account_problem: at('lockedOut'),
  payment_lost: by({ cancel: replied(GONE), '': at('strangers') }),
  provider_refused: replied(refusal('INVALID_PARAMETER_SYNTAX')),
  payment_failed: replied(refusal('COMPLIANCE_VIOLATION')),
};

/** Their intent and the key are one statement. */
const CREATES = ['createPayment', 'payInvoice'];
