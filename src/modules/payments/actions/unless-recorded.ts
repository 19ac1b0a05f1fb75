import { AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { type Logger } from '../../../platform/logging/log';
import { type CommandResult } from './command-result';
import { type Attempt } from './attempt';

/**
 * From the moment a provider was called, trouble of our own must not look as if nothing had happened: when the
 * outcome cannot be recorded (the database went away, a defect), the answer is "unknown" and the sweeper finds
 * out. Refusals are recorded outcomes and pass.
 */
export async function unknownUnlessRecorded(
  attempt: Attempt,
  log: Logger,
  send: () => Promise<CommandResult>,
): Promise<CommandResult> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { payment, operation } = attempt;
    const fields = { payment: showId('pay', payment.id), operation: showId('op', operation.id) };
    log.error({ ...fields, error: String(error) }, 'the outcome of an operation was not recorded');
    return { payment, unsettled: operation };
  }
}
