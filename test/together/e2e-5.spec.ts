import { runTogether } from '../support/together';

runTogether({ folder: 'e2e', share: 5, of: 6 });
