import { runTogether } from '../support/together';

runTogether({ folder: 'integration', share: 4, of: 4 });
