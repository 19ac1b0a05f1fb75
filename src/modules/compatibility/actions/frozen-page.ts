import { type Caller } from '../../../platform/auth/caller';
import { type CountedRows, type NumberedPage } from '../../../platform/http/numbered-page';
import { type CompatibilitySettings } from '../compatibility.settings';
import { offsetOf, pageLinks, type PageWish, placeOf } from '../domain/numbered-pages';

export interface FrozenPageInput {
  readonly caller: Caller;
  /** The full address of the request, from which those of other pages follow. */
  readonly url: string;
  readonly customerId: string | null;
  readonly wish: PageWish;
}

export interface FrozenPage<Row> extends CountedRows<Row> {
  /** The `Link` header. */
  readonly links: string;
}

/** What payments and invoices are seen through here. */
interface Window<Row> {
  list(
    caller: Caller,
    settings: CompatibilitySettings,
    page: NumberedPage,
  ): Promise<CountedRows<Row>>;
}

/** One numbered page of what the caller sees, newest first. Throws `page_invalid` (404) for one that is not there. */
export async function frozenPage<Row>(
  window: Window<Row>,
  settings: CompatibilitySettings,
  { caller, url, customerId, wish }: FrozenPageInput,
): Promise<FrozenPage<Row>> {
  const numbered = { customerId, offset: offsetOf(wish), limit: wish.size };
  const { count, rows } = await window.list(caller, settings, numbered);
  return { rows, count, links: pageLinks(url, placeOf(wish, count)) };
}
