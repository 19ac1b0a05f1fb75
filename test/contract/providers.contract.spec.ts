import { GATEWAYS } from './suite/gateways';
import { describeProvider } from './suite/provider-contract';

for (const gateway of GATEWAYS) describeProvider(gateway);
