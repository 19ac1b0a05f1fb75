import { type TestApp } from './app';
import { type Made } from './payments';

/** What an example needs beyond the data of the demonstration. */
export interface Stage {
  /** In its address. */
  readonly ids?: Readonly<Record<string, string>>;
  /** Members of its body. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Headers that depend on the bytes of the body. */
  readonly sign?: (text: string) => Readonly<Record<string, string>>;
  /** Takes away what would disturb the other examples. */
  readonly clear?: () => Promise<unknown>;
}

export type Prepare = (app: TestApp, key: string) => Promise<Stage>;

export function idsOf({ id }: Pick<Made, 'id'>): Stage {
  return { ids: { id, payment: id } };
}

/** For commands that find the payment by what is in the body. */
export function inBody(prepare: Prepare): Prepare {
  return async (app, key) => {
    const { ids, ...stage } = await prepare(app, key);
    return { ...stage, body: { payment_id: ids?.['id'] } };
  };
}
