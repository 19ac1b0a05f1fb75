import { runTogether } from '../support/together';

runTogether({ folder: 'integration', share: 3, of: 4 });
