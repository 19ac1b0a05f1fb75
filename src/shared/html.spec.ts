import fc from 'fast-check';
import { html } from './html';

describe('a template of HTML', () => {
  it('shows every text as it is and lets none become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = html`<p title="${text}">${text}</p>`.toString();
        const shown = /^<p title="([^<>"']*)">([^<>"']*)<\/p>$/s.exec(written);
        expect(shown?.slice(1).map(unescape)).toEqual([text, text]);
      }),
    );
  });

  it('escapes what is in a part once, not again in the whole', () => {
    const parts = ['a & b', '<i>'].map((text) => html`<b>${text}</b>`);
    expect(html`<p>${parts}</p>`.toString()).toBe('<p><b>a &amp; b</b><b>&lt;i&gt;</b></p>');
  });

  it('shows nothing for null', () => {
    expect(html`<p>${null}</p>`.toString()).toBe('<p></p>');
  });
});

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
