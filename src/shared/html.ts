const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup whose values were escaped. Only `html` makes it, so that no text becomes markup by mistake. */
class Markup {
  /** Two classes with the same members are one type to the compiler; a private one keeps them apart. */
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

export type Html = Markup;

/** What stands between `${` and `}`; null is nothing. */
type HtmlValue = string | Html | null | readonly Html[];

/**
 * Writes HTML: the template is ours, every value in it is text and escaped, in an element as in a quoted attribute.
 * There is no way around it, not even for style sheets: ours do without the five characters that are escaped.
 */
export function html(template: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const parts = template.map((part, index) => part + markupOf(values[index] ?? null));
  return new Markup(parts.join(''));
}

function markupOf(value: HtmlValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return escape(value);
  return value instanceof Markup ? value.toString() : value.join('');
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
