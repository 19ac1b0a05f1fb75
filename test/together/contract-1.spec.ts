import { runTogether } from '../support/together';

runTogether({ folder: 'contract', share: 1, of: 1, except: /^invented/ });
