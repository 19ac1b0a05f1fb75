import { Controller, Get, HttpStatus, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { Public } from '../auth/access';
import { routeNotFound } from '../http/http.errors';
import { ErrorCatalogue } from './error-catalogue';
import { describeProblem, renderProblem, renderProblemList, styleHash } from './problem-page';

/** The style of the page and nothing else: no script, no picture, no form, no frame. */
const POLICY =
  `default-src 'none'; style-src '${styleHash()}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The pages change with a new version of the program only. */
const CACHED = {
  'Cache-Control': 'public, max-age=3600',
  // The origin, because pages of some may read the answer and others may not (CORS_ORIGINS).
  Vary: 'Accept, Origin',
};

/** What the `type` of every problem leads to: a page for people, the same as JSON for programs that ask for it. */
@ApiExcludeController()
@Public()
@Controller('problems')
export class ProblemsController {
  constructor(private readonly catalogue: ErrorCatalogue) {}

  @Get()
  list(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { owners } = this.catalogue;
    void reply.headers(CACHED);
    if (!wantsJson(request)) return asPage(reply, renderProblemList(owners, null));
    return { data: owners.flatMap(({ errors }) => errors.map(describeProblem)) };
  }

  @Get(':code')
  find(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = this.catalogue.find(code);
    if (found === null) return this.notFound(code, { request, reply });
    void reply.headers(CACHED);
    return wantsJson(request)
      ? describeProblem(found.kind)
      : asPage(reply, renderProblem(found.kind, found.owner));
  }

  private notFound(
    code: string,
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ): string {
    if (wantsJson(request)) {
      throw routeNotFound('There is no such error code: GET /problems lists them.');
    }
    void reply.status(HttpStatus.NOT_FOUND);
    return asPage(reply, renderProblemList(this.catalogue.owners, code));
  }
}

/** Browsers ask for HTML first, programs that want JSON say so, and everybody else gets what people can read. */
function wantsJson({ headers }: FastifyRequest): boolean {
  const accept = headers.accept ?? '';
  return /\bapplication\/(?:[\w.-]+\+)?json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
}

function asPage(reply: FastifyReply, page: string): string {
  void reply.headers({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'no-referrer',
  });
  return page;
}
