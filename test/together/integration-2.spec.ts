import { runTogether } from '../support/together';

runTogether({ folder: 'integration', share: 2, of: 4 });
