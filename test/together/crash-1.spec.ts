import { runTogether } from '../support/together';

runTogether({ folder: 'crash', share: 1, of: 1, except: /^(?:long\/|short-run\.spec\.ts$)/ });
