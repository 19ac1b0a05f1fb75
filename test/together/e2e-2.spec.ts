import { runTogether } from '../support/together';

runTogether({ folder: 'e2e', share: 2, of: 3 });
