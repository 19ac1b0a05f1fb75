import { runTogether } from '../support/together';

runTogether({ folder: 'e2e', share: 3, of: 3 });
