import { runTogether } from '../support/together';

runTogether({ folder: '../src', share: 1, of: 2, except: /\.contract\.spec\.ts$/ });
