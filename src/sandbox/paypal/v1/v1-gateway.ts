import { type Gateway } from '../../http/serve-call';
import { paypalGateway, repeatKeyOf } from '../paypal-gateway';
import { refuseV1 } from './errors';

/** The same gateway with the errors of its first version. */
export const v1Gateway: Gateway = {
  ...paypalGateway,
  serverError: (status) => ({ ...refuseV1('INTERNAL_SERVICE_ERROR'), status }),
  rateLimited: () => refuseV1('RATE_LIMIT_REACHED'),
  repeats: { keyOf: repeatKeyOf, inProgress: () => refuseV1('PREVIOUS_REQUEST_IN_PROGRESS') },
};
