import { type TestApp } from './app';
import { call } from './http';
import * as mandates from './mandates';
import { type Recipe } from './openapi-recipe';
import { sandboxOf } from './sandbox';

/** PayPro’s id of no mandate. */
const NOBODYS = 'MDNEVERGIVEN00';

/** A mandate of a bank account, and the customer who gave it. */
async function makeGiven(app: TestApp): Promise<mandates.Charge> {
  const customer = await mandates.newCustomer(app);
  return { customer, mandate: await mandates.makeMandate(app, customer) };
}

/** What needs a mandate in a certain state: by operation and code. */
export const mandateRecipes: Readonly<Record<string, Recipe>> = {
  'getMandate mandate_not_found': async (app) => {
    const { customer } = await makeGiven(app);
    const path = `/api/customers/${customer}/mandates/${NOBODYS}`;
    return call(app, 'GET', path, { key: app.keys.user });
  },
  'createPayment mandate_unknown': async (app) => {
    const { customer } = await makeGiven(app);
    return mandates.charge(app, { customer, mandate: NOBODYS });
  },
  'createPayment mandate_not_approved': async (app) => {
    const given = await makeGiven(app);
    await sandboxOf(app).setMandateState(given.mandate, 'pending');
    return mandates.charge(app, given);
  },
};
