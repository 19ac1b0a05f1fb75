import { Injectable } from '@nestjs/common';
import { readAnyId } from '../../../shared/id';
import { noSuchEndpoint } from '../actions/refusals';
import { EndpointQueries } from '../queries/endpoint-queries';
import { toEndpointResponse } from '../queries/endpoint.view';
import { type EndpointResponse, type EndpointWithSecretResponse } from './endpoint.response';

interface Wanted {
  /** The plain UUID. */
  readonly id: string;
  readonly base: string;
}

/** Endpoints as answers, by an id from the address. */
@Injectable()
export class FindEndpoint {
  constructor(private readonly queries: EndpointQueries) {}

  async show({ id, base }: Wanted): Promise<EndpointResponse> {
    const row = await this.queries.find(id);
    if (!row) throw noSuchEndpoint();
    return toEndpointResponse(row, base);
  }

  /** Only for who made the secret; without it when another one took its place meanwhile. */
  async showWithSecret(wanted: Wanted & { secretId: string }): Promise<EndpointWithSecretResponse> {
    const [endpoint, secret] = await Promise.all([
      this.show(wanted),
      this.queries.revealSecret(wanted),
    ]);
    return { ...endpoint, secret };
  }
}

/** The UUID behind `whe_…`. */
export function endpointIdOf(text: string): string {
  const id = readAnyId('whe', text);
  if (id === null) throw noSuchEndpoint();
  return id;
}
