import { type OpenApiDocument, readDocuments, SPECS_FOLDER } from './openapi-documents';

/** Tests that need PayPal's OpenAPI files; where nobody put them, one skipped test that says so. */
export function describeWithSpecs(
  name: string,
  tests: (documents: readonly OpenApiDocument[]) => void,
): void {
  const documents = readDocuments();
  const itWithSpecs = documents === null ? it.skip : it;
  itWithSpecs(`${name} finds PayPal's OpenAPI files at ${SPECS_FOLDER}`, () => {
    expect(documents).not.toHaveLength(0);
  });
  if (documents !== null) describe(name, () => tests(documents));
}
