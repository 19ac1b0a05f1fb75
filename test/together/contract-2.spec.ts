import { runTogether } from '../support/together';

runTogether({ folder: 'contract', share: 2, of: 3, except: /^invented/ });
