import { rewriteStatement } from './rewrite-statement';

rewriteStatement({ name: 'lock-payment', from: 'FOR UPDATE', to: '' });
