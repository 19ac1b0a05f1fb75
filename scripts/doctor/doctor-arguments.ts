export const DOCTOR_USAGE = `Looks at a configuration and says what is wrong with it and what to do. It changes nothing and shows no secrets.

  npm run doctor                      a table for people
  npm run --silent doctor -- --json   the same for programs; docs/doctor.md describes it

The settings are those of the environment, as \`npm start\` would read them. In a container:
node dist/scripts/doctor.js. Exit code 0: all is well, 1: there are warnings, 2: something has to be put right.
`;

export type DoctorWish =
  | { readonly kind: 'help' }
  | { readonly kind: 'examine'; readonly asJson: boolean }
  | { readonly kind: 'mistake'; readonly sentence: string };

export function readArguments(args: readonly string[]): DoctorWish {
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help' };
  const strange = args.find((argument) => argument !== '--json');
  if (strange === undefined) return { kind: 'examine', asJson: args.length > 0 };
  // What was typed is not repeated: it may be a secret in the wrong place.
  const sentence =
    'doctor takes --json, --help, or nothing; its settings come from the environment.';
  return { kind: 'mistake', sentence };
}
