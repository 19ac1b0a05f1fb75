import { type Answer } from '../http/answer';
import { type Sandbox } from '../sandbox';

/** What a switch is given: the id in its path and its parsed body. */
export interface Input {
  id: string;
  body: unknown;
}

/** The path below `/_sandbox` of a switch that is thrown with `POST`, and what it does. */
export type Switch = readonly [path: string, work: (sandbox: Sandbox, input: Input) => Answer];
