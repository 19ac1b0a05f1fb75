import { parseJson, textMember } from '../http/json';

/**
 * The code that the `PayPal-Mock-Response` header asks for; unknown ones fall through to the real behaviour:
 * https://developer.paypal.com/tools/sandbox/negative-testing/request-headers/
 */
export function mockedCode(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const parsed = parseJson(header);
  return parsed.ok ? textMember(parsed.value, 'mock_application_codes') : undefined;
}
