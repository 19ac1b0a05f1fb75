import 'reflect-metadata';
import { documentationConfig } from './docs/documentation-config';
import { renderApiDocument } from './docs/api-document';
import { withoutExceptions } from './openapi/exceptions';
import { houseRules } from './openapi/house-rules';
import { lintWithRedocly, lintWithSpectral } from './openapi/lint';
import { renderScore, scoreOf } from './openapi/score';

/** `npm run openapi:check`: what the tools and our own rules say of the document that the code writes today. */
async function main(): Promise<number> {
  const document: unknown = JSON.parse(await renderApiDocument(documentationConfig()));
  const found = [
    ...(await lintWithSpectral(document, houseRules)),
    ...(await lintWithRedocly(document)),
  ];
  process.stdout.write(renderScore(scoreOf(document, houseRules)));
  const findings = withoutExceptions(found);
  for (const { tool, rule, at, says } of findings) {
    process.stdout.write(`${tool} ${rule}: ${at}: ${says}\n`);
  }
  process.stdout.write(`openapi: ${findings.length} findings\n`);
  return findings.length === 0 ? 0 : 1;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`openapi: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  },
);
