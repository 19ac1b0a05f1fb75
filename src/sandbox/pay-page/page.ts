import { type Answer } from '../http/answer';
import { escapeHtml } from './escape';
import { STYLE } from './style';

export interface Button {
  action: string;
  label: string;
  look: 'main' | 'plain' | 'wide';
}

/** What the payer is shown; every text is escaped here. */
export interface Checkout {
  gateway: string;
  title: string;
  /** Ready for people, such as "€1,234.50". */
  amount: string;
  facts: [label: string, value: string][];
  buttons: Button[];
  /** What a payer seldom does, below the buttons. */
  oddities: Button[];
}

/** No script, no foreign content; forms may lead anywhere, because the payer is sent back to the shop. */
const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

export function checkoutPage(checkout: Checkout): Answer {
  const facts = checkout.facts.map(
    ([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`,
  );
  return page(
    { status: 200, gateway: checkout.gateway, title: checkout.title },
    `<p class="amount">${escapeHtml(checkout.amount)}</p>
    <dl>${facts.join('')}</dl>
    <form method="post">
      ${buttonsOf(checkout.buttons)}
      <fieldset><legend>When things go wrong</legend>${buttonsOf(checkout.oddities)}</fieldset>
    </form>`,
  );
}

function buttonsOf(buttons: Button[]): string {
  return buttons
    .map(
      ({ action, label, look }) =>
        `<button class="${look}" name="action" value="${escapeHtml(action)}">${escapeHtml(label)}</button>`,
    )
    .join('\n');
}

/** A page that only says something: already paid, expired, unknown, or that all is done. */
export function messagePage(
  { status, gateway, title }: { status: number; gateway: string; title: string },
  message: string,
): Answer {
  return page({ status, gateway, title }, `<p>${escapeHtml(message)}</p>`);
}

function page(
  { status, gateway, title }: { status: number; gateway: string; title: string },
  content: string,
): Answer {
  const html = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)} – simulated ${escapeHtml(gateway)}</title>
  <style>${STYLE}</style>
</head>
<body>
  <div class="banner" role="note">Simulated ${escapeHtml(gateway)}: no real money moves here.</div>
  <main><div class="card">
    <p class="gateway">${escapeHtml(gateway)}</p>
    <h1>${escapeHtml(title)}</h1>
    ${content}
  </div>
  <p class="note">For development and tests only.</p>
  </main>
</body>
</html>
`;
  return { status, headers: HEADERS, text: { type: 'text/html; charset=utf-8', content: html } };
}
