import { runTogether } from '../support/together';

runTogether({ folder: 'sandbox', share: 2, of: 2 });
