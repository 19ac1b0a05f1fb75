import { type Answer } from '../http/answer';
import { parseJson, textMember } from '../http/json';
import { refuse, serverError } from './errors';
import { isIssue } from './issues';

/**
 * The answer that the `PayPal-Mock-Response` header asks for; unknown codes fall through to the real
 * behaviour: https://developer.paypal.com/tools/sandbox/negative-testing/request-headers/
 */
export function mockedAnswer(header: string | undefined): Answer | undefined {
  if (header === undefined) return undefined;
  const parsed = parseJson(header);
  const code = parsed.ok ? textMember(parsed.value, 'mock_application_codes') : undefined;
  if (code === undefined) return undefined;
  if (code === 'INTERNAL_SERVER_ERROR') return serverError(500);
  return isIssue(code) ? refuse([{ issue: code }]) : undefined;
}
