import { type Html, html } from '../../../shared/html';

/** A label and what it names; left out where there is nothing to say. */
export type Fact = readonly [label: string, value: string | Html | null];

export function factList(className: string, facts: readonly Fact[]): Html {
  const items = facts
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([label, value]) =>
        html`<div>
          <dt>${label}</dt>
          <dd>${value}</dd>
        </div>`,
    );
  return html`<dl class="${className}">${items}</dl>`;
}
