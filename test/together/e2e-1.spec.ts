import { runTogether } from '../support/together';

runTogether({ folder: 'e2e', share: 1, of: 3 });
