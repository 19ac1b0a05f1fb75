import { runTogether } from '../support/together';

runTogether({ folder: 'e2e', share: 6, of: 6 });
