import { runTogether } from '../support/together';

runTogether({ folder: 'contract', share: 3, of: 3, except: /^invented/ });
