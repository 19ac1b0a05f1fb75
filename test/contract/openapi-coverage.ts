import { type SpecCaller } from './openapi-caller';
import { type OpenApiDocument } from './openapi-documents';
import { operationsOf } from './openapi-operations';
import { type controlOf } from './paypal.support';

const NOBODY = '5O190127TN364715T';

/** Operations of the documents that the simulator knows, and that the caller has never called with success. */
export async function uncalledOperations(
  documents: readonly OpenApiDocument[],
  paypal: SpecCaller,
  control: ReturnType<typeof controlOf>,
): Promise<readonly string[]> {
  const known = [];
  for (const name of operationsOf(documents).filter((one) => !paypal.accepted.has(one))) {
    const [method = '', template = ''] = name.split(' ');
    await control.reset();
    const path = template.replaceAll(/\{[^}]+\}/g, NOBODY);
    await paypal.call(method, path, method === 'GET' ? {} : { body: {} });
    if ((await control.unknownPaths()) === 0) known.push(name);
  }
  // Only the routes were asked for.
  paypal.findings();
  return known;
}
