import { runTogether } from '../support/together';

runTogether({ folder: 'integration', share: 1, of: 1 });
