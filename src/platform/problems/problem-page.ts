import { createHash } from 'node:crypto';
import { type ErrorKind } from '../../shared/app-error';
import { html, type Html } from '../../shared/html';
import { toProblem } from '../http/problem';
import { type ErrorOwner } from './error-catalogue';
import { PROBLEM_STYLE } from './problem-style';

const EXAMPLE_REQUEST_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** The page about one code: what it means, what to do, and what an answer with it looks like. */
export function renderProblem(kind: ErrorKind, { name, note }: ErrorOwner): string {
  const { title, status, cure } = kind.definition;
  const body = html`<article>
    <p class="facts"><code>${kind.code}</code> · HTTP ${String(status)} · ${name}</p>
    <h1>${title}</h1>
    <h2>What to do</h2>
    <p>${proseOf(cure)}</p>
    <p>${retryOf(kind)}</p>
    ${note === undefined ? null : html`<p>${proseOf(`Here ${note}.`)}</p>`}
    <h2>An answer with this code</h2>
    <pre>${JSON.stringify(exampleOf(kind), null, 2)}</pre>
    <p>
      Decide on <code>code</code>. <code>detail</code> says what happened in your case, and
      <code>request_id</code> is what support asks for.
    </p>
  </article>`;
  return pageOf(title, body);
}

/** The list of all codes; with the code that was asked for where there is none of that name. */
export function renderProblemList(owners: readonly ErrorOwner[], unknown: string | null): string {
  const title = unknown === null ? 'Errors' : 'No such error code';
  const body = html`<article>
    <h1>${title}</h1>
    ${unknown === null ? null : html`<p>There is no code <code>${unknown}</code>. There are:</p>`}
    ${owners.map(sectionOf)}
  </article>`;
  return pageOf(title, body);
}

/** What a program is told about a code. */
export function describeProblem(kind: ErrorKind) {
  const { status, title, cure, retryable = false } = kind.definition;
  return {
    type: `/problems/${kind.code}`,
    code: kind.code,
    status,
    title,
    cure,
    retryable,
    example: exampleOf(kind),
  };
}

function sectionOf({ name, errors }: ErrorOwner): Html {
  const items = errors.map(
    ({ code, definition }) =>
      html`<li>
        <a href="/problems/${code}"><code>${code}</code></a> ${definition.title}
      </li>`,
  );
  return html`<h2>${name}</h2>
    <ul>
      ${items}
    </ul>`;
}

function retryOf({ definition }: ErrorKind): string {
  return definition.retryable === true
    ? 'The same request, unchanged, may succeed later.'
    : 'The same request, unchanged, will not succeed later.';
}

function exampleOf(kind: ErrorKind) {
  return toProblem(kind(kind.definition.cure), EXAMPLE_REQUEST_ID);
}

/** Texts mark code as Markdown does. */
function proseOf(text: string): readonly Html[] {
  return text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

function pageOf(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Kassa</title>
        <style>
          ${PROBLEM_STYLE}
        </style>
      </head>
      <body>
        <main>
          ${body}
          <nav><a href="/problems">All error codes</a> · <a href="/docs">API document</a></nav>
        </main>
      </body>
    </html>`.toString();
}

/** The SHA-256 of what stands between the tags of the style, as a content security policy names it. */
export function styleHash(): string {
  const [, style = ''] = /<style>([^]*)<\/style>/.exec(pageOf('', html``)) ?? [];
  return `sha256-${createHash('sha256').update(style).digest('base64')}`;
}
