import { rewriteStatement } from './rewrite-statement';

/** Without the index there is no conflict to speak of. */
const NO_CONFLICT = { from: 'ON CONFLICT (caller, key) DO NOTHING', to: '' } as const;

rewriteStatement({ name: 'insert-payment-with-intent', ...NO_CONFLICT });
rewriteStatement({ name: 'insert-idempotency-key', ...NO_CONFLICT });
