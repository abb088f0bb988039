/**
 * The flags by which a storage command is told another database or key than the configuration's, named as Authelia's. Each is
 * the environment variable of the same key, so that it is checked and beats the files as one does.
 */

export type StorageFlags =
  | {
      readonly kind: 'flags';
      /** The environment with what the flags say in it. */
      readonly env: Readonly<Record<string, string | undefined>>;
      /** Arguments that are none of these flags, in order. */
      readonly rest: readonly string[];
    }
  | { readonly kind: 'refused'; readonly message: string };

const variables: Readonly<Record<string, string>> = {
  '--encryption-key': 'AUTHELIA_STORAGE_ENCRYPTION_KEY',
  '--sqlite.path': 'AUTHELIA_STORAGE_LOCAL_PATH',
  '--postgres.address': 'AUTHELIA_STORAGE_POSTGRES_ADDRESS',
  '--postgres.database': 'AUTHELIA_STORAGE_POSTGRES_DATABASE',
  '--postgres.schema': 'AUTHELIA_STORAGE_POSTGRES_SCHEMA',
  '--postgres.username': 'AUTHELIA_STORAGE_POSTGRES_USERNAME',
  '--postgres.password': 'AUTHELIA_STORAGE_POSTGRES_PASSWORD',
};

export const storageFlagsUsage = `In place of what the configuration says about 'storage', of the kind it names:
  --encryption-key <key>
  --sqlite.path <path>
  --postgres.address, .database, .schema, .username, .password <value>
Who looks at the processes of the machine sees flags: for secrets, name files by
AUTHELIA_STORAGE_ENCRYPTION_KEY_FILE and AUTHELIA_STORAGE_POSTGRES_PASSWORD_FILE.
`;

export function readStorageFlags(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): StorageFlags {
  const given: Record<string, string | undefined> = { ...env };
  const rest: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? '';
    const at = argument.startsWith('--') ? argument.indexOf('=') : -1;
    const flag = at === -1 ? argument : argument.slice(0, at);
    if (flag.startsWith('--mysql.'))
      return { kind: 'refused', message: `${flag}: the storage is SQLite or PostgreSQL in this version.` };
    const variable = Object.hasOwn(variables, flag) ? variables[flag] : undefined;
    if (variable === undefined) {
      rest.push(argument);
      continue;
    }
    if (at === -1) index += 1;
    const value = at === -1 ? args[index] : argument.slice(at + 1);
    if (value === undefined) return { kind: 'refused', message: `${flag} needs a value.` };
    given[variable] = value;
    // The flag is instead of the file, not beside it.
    given[`${variable}_FILE`] = undefined;
  }
  return { kind: 'flags', env: given, rest };
}
