import { paypalAdapter } from './paypal/paypal.provider';
import { payproAdapter } from './paypro/paypro.provider';
import { type Adapter } from './provider-adapter';

/** Every adapter there is. `PROVIDERS` says which accounts are switched on. */
export const adapters: readonly Adapter[] = [
  // One line each, in the order of docs/providers.md.
  paypalAdapter,
  payproAdapter,
];
