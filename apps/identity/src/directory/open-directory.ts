/** From the configuration's `authentication_backend` to the directory that knows the people. */
import type { DigestPool } from '@gatehouse/password/digest-pool.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { AuthenticationBackend } from '../config/configuration.ts';
import type { Directory } from './directory.ts';
import { openFileDirectory } from './file/file-directory.ts';

/** The configuration names a kind of directory that does not exist here yet. */
export class DirectoryUnsupported extends Error {
  readonly code = 'directory-unsupported';
  override readonly name = 'DirectoryUnsupported';
}

/** Throws `DirectoryUnsupported`, or a `UsersFileFailure` that lists everything wrong. */
export async function openDirectory(
  backend: AuthenticationBackend,
  parts: { readonly pool: DigestPool; readonly log: Log },
): Promise<Directory> {
  const { file } = backend;
  if (!file)
    throw new DirectoryUnsupported(
      "Only 'authentication_backend.file' is supported so far. Choose it in the configuration.",
    );
  return openFileDirectory({
    path: file.path,
    watch: file.watch,
    search: { email: file.search.email, caseInsensitive: file.search.case_insensitive },
    extraAttributes: Object.fromEntries(
      // The rules of the configuration have seen to it that a type is written.
      Object.entries(file.extra_attributes).map(([name, { value_type: type = 'string', multi_valued }]) => [
        name,
        { value_type: type, multi_valued },
      ]),
    ),
    ...parts,
  });
}
