/** The part of autocannon that the bench uses; the package brings no types of its own. */
declare module 'autocannon' {
  export interface AutocannonRequest {
    method: 'GET' | 'POST';
    path: string;
    headers?: Record<string, string>;
    body?: string;
    setupRequest?: (request: AutocannonRequest) => AutocannonRequest;
  }

  export interface AutocannonOptions {
    url: string;
    connections: number;
    /** Seconds; not together with `amount`. */
    duration?: number;
    amount?: number;
    timeout: number;
    sampleInt: number;
    headers: Record<string, string>;
    requests: AutocannonRequest[];
  }

  export interface AutocannonResult {
    /** Seconds that it really took. */
    duration: number;
    '2xx': number;
    non2xx: number;
    errors: number;
    timeouts: number;
    latency: { p50: number; p99: number };
  }

  export default function autocannon(options: AutocannonOptions): Promise<AutocannonResult>;
}
