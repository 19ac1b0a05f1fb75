import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DemoShop {
  /** The key of a user, who sees the payments of one customer only. */
  readonly userKey: string;
  /** Of the amounts on these routes. */
  readonly currency: string;
}

/** Injection token of the page, the script and the style sheet. */
export const DEMO_SHOP_FILES = Symbol('demo shop files');

export interface DemoShopFiles {
  readonly page: string;
  readonly script: string;
  readonly style: string;
}

/** The shop as it is served; read once, because the files stand beside the program. */
export function readDemoShop({ userKey, currency }: DemoShop): DemoShopFiles {
  const values = { key: userKey, currency };
  return {
    page: read('shop.html').replaceAll(/\{\{(key|currency)\}\}/g, (_, name: keyof typeof values) =>
      escapeHtml(values[name]),
    ),
    script: read('shop.js'),
    style: read('shop.css'),
  };
}

function read(name: string): string {
  return readFileSync(join(__dirname, name), 'utf8');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES.get(character) ?? character);
}
