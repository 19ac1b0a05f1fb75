import { type ProviderRequest } from '../../src/providers/provider-http';
import { type ProviderReply } from '../../src/providers/provider-reply';
import { OpenApiChecker, type SentCall } from './openapi-checker';
import { readDocuments } from './openapi-documents';
import { WITHOUT_DOCUMENT } from './openapi-exceptions';
import { PatientHttp } from './suite/patience';

const documents = readDocuments();
const checker = documents && new OpenApiChecker(documents);
const seen: (() => readonly string[])[] = [];

/** What was found since it was asked for the last time. */
export function takeFindings(): readonly string[] {
  return seen.splice(0).flatMap((findings) => findings());
}

/**
 * Whatever PayPal's adapter sends in the tests of this folder and whatever the simulator answers is compared
 * with PayPal's documents, and the test in which they disagree fails. Every file that opens the adapter gets this.
 */
export class WatchedHttp extends PatientHttp {
  private readonly baseUrl: string;

  constructor(...given: ConstructorParameters<typeof PatientHttp>) {
    super(...given);
    this.baseUrl = given[1].baseUrl.replace(/\/+$/, '');
  }

  override async send(request: ProviderRequest): Promise<ProviderReply> {
    const reply = await super.send(request);
    const { pathname, search } = new URL(this.baseUrl + request.path);
    const { method, headers, body } = request;
    const call = { method, path: pathname.replace(/^\/paypal/, '') + search, headers, body };
    // After the test: to prepare the documents for an operation takes so long that connections are lost over it.
    seen.push(() => compare(call, reply));
    return reply;
  }
}

afterEach(() => {
  expect(takeFindings()).toEqual([]);
});

function compare(call: SentCall, reply: ProviderReply): readonly string[] {
  if (!checker || WITHOUT_DOCUMENT.some((start) => call.path.startsWith(start))) return [];
  const found = checker.request(call);
  // An answer that a fault was asked for is not what the simulator says of itself.
  if (reply.kind !== 'answer' || 'sandbox-fault' in reply.headers) return found;
  return [...found, ...checker.answer(call, { status: reply.status, body: reply.body })];
}
