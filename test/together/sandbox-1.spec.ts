import { runTogether } from '../support/together';

runTogether({ folder: 'sandbox', share: 1, of: 1 });
