import { runTogether } from '../support/together';

runTogether({ folder: 'e2e', share: 4, of: 6 });
