/** A client of the frozen API, as somebody would write it who has read only its page of documentation. */

const PAYMENTS = '/api/paypal-payments/';
const SHOP = '/demo/shop';
const { key } = document.body.dataset;

const form = document.querySelector('#form');
const message = document.querySelector('#message');
const list = document.querySelector('#payments');

async function call(method, path, body) {
  const headers = { Authorization: `Token ${key}` };
  if (body) headers['Content-Type'] = 'application/json';
  const response = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new Error(reasonIn(answer) ?? `The answer was ${response.status}.`);
}

/** `{detail}`, or a list of sentences for each field. */
function reasonIn(answer) {
  if (typeof answer?.detail === 'string') return answer.detail;
  const fields = Object.entries(answer ?? {});
  if (fields.length === 0) return null;
  return fields.map(([name, sentences]) => `${name}: ${[sentences].flat().join(' ')}`).join(' ');
}

function say(text, look = '') {
  message.textContent = text;
  message.className = `message ${look}`;
  message.hidden = false;
}

/** Does it and tells what came of it; the message takes the focus, so that it is read and seen. */
async function report(work) {
  try {
    const { detail } = await work();
    say(detail);
  } catch (error) {
    say(error.message, 'bad');
  }
  message.focus();
  await show();
}

async function findCustomer() {
  const { data } = await call('GET', '/api/customers?limit=1');
  if (data.length === 0) throw new Error('This key owns no customer. Create one first.');
  return data[0];
}

/** The browser leaves for the pay page and comes back to one of the two addresses. */
async function pay() {
  const customer = await findCustomer();
  const payment = await call('POST', PAYMENTS, {
    amount: form.amount.value.trim(),
    customer: `${location.origin}/api/customers/${customer.id}/`,
    return_url: `${location.origin}${SHOP}/return`,
    cancel_url: `${location.origin}${SHOP}/cancel`,
  });
  if (!isWebAddress(payment.approval_url)) throw new Error('PayPal gave no address to pay at.');
  location.assign(payment.approval_url);
}

function approve(query) {
  const payment_id = query.get('paymentId');
  const token = query.get('token');
  const payer_id = query.get('PayerID');
  if (!payment_id || !token || !payer_id) throw new Error('The payment details are missing here.');
  return call('POST', `${PAYMENTS}approve/`, { payment_id, token, payer_id });
}

function cancel(query) {
  const token = query.get('token');
  if (!token) throw new Error('The payment details are missing here.');
  return call('POST', `${PAYMENTS}cancel/`, { token });
}

async function show() {
  const payments = await call('GET', PAYMENTS);
  list.replaceChildren(...payments.map(row));
  document.querySelector('#none').hidden = payments.length > 0;
}

function row(payment) {
  const item = document.createElement('li');
  const state = element('span', payment.state);
  state.className = `state ${payment.state.toLowerCase()}`;
  const amount = element('span', payment.amount);
  amount.className = 'amount';
  const when = element('time', new Date(payment.created).toLocaleString());
  when.dateTime = payment.created;
  item.append(amount, state, when);
  if (payment.state === 'Created') item.append(actions(payment));
  if (payment.error_message) {
    const reason = element('p', payment.error_message);
    reason.className = 'reason';
    item.append(reason);
  }
  return item;
}

function actions({ uuid, amount, approval_url }) {
  const both = document.createElement('span');
  both.className = 'actions';
  if (isWebAddress(approval_url)) {
    const link = element('a', 'Pay');
    link.className = 'button';
    link.href = approval_url;
    link.ariaLabel = `Pay ${amount} at PayPal`;
    both.append(link);
  }
  const button = element('button', 'Cancel');
  button.type = 'button';
  button.ariaLabel = `Cancel the payment of ${amount}`;
  button.addEventListener('click', () => {
    button.disabled = true;
    void report(() => call('POST', `${PAYMENTS}cancel/`, { payment_id: uuid }));
  });
  both.append(button);
  return both;
}

/** Texts of the API are never parsed as HTML. */
function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function isWebAddress(text) {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  say('One moment: PayPal is asked for a pay page.', 'busy');
  try {
    await pay();
  } catch (error) {
    say(error.message, 'bad');
    form.amount.focus();
    await show();
    button.disabled = false;
  }
});

/** What the payer brings back is used once: reloading the page does not send it again. */
async function comeBack(work) {
  say('One moment: the payment is being settled.', 'busy');
  const query = new URLSearchParams(location.search);
  await report(async () => work(query));
  history.replaceState(null, '', SHOP);
}

async function open() {
  const path = location.pathname.replace(/\/$/, '');
  if (path === `${SHOP}/return`) await comeBack(approve);
  if (path === `${SHOP}/cancel`) await comeBack(cancel);
  await show();
  const { name } = await findCustomer();
  document.querySelector('#payer').textContent =
    `The payer is ${name ?? 'a customer without a name'}.`;
}

open().catch((error) => say(error.message, 'bad'));
