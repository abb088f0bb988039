/** Rules of `storage`. */
import { error, type Finding, type Path, warning } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import type { RuleContext } from './context.ts';
import { checkTls } from './tls.ts';

const keyCharactersMin = 20;

export function checkStorage({ storage }: Stated, context: RuleContext): Finding[] {
  const findings: Finding[] = [];
  const keyPath = ['storage', 'encryption_key'];
  const keyCure = `Use at least ${keyCharactersMin} random characters, such as 'gatehouse crypto rand --length 64' prints.`;
  if (storage.encryption_key === '') findings.push(error(keyPath, 'The encryption key is missing.', keyCure));
  else if (storage.encryption_key.length < keyCharactersMin)
    findings.push(error(keyPath, `The encryption key is shorter than ${keyCharactersMin} characters.`, keyCure));

  const chosen = (['local', 'mysql', 'postgres'] as const).filter((name) => storage[name]);
  if (chosen.length === 0)
    findings.push(error(['storage'], 'No storage is chosen.', "Write one of 'local', 'mysql' and 'postgres' here."));
  if (chosen.length > 1)
    findings.push(error(['storage'], `Several storages are chosen: ${chosen.join(', ')}.`, 'Keep one of them.'));
  if (storage.local?.path === '')
    findings.push(
      error(
        ['storage', 'local', 'path'],
        'The path of the database file is missing.',
        "Write one, such as '/config/db.sqlite3'.",
      ),
    );
  for (const name of ['mysql', 'postgres'] as const)
    findings.push(...checkServer(storage[name], ['storage', name], context));

  const postgres = storage.postgres;
  for (const [index, server] of (postgres?.servers ?? []).entries()) {
    const path = ['storage', 'postgres', 'servers', index];
    if (!server.address) findings.push(missing([...path, 'address']));
    findings.push(...checkTls(server.tls, [...path, 'tls'], context));
  }
  if (postgres?.ssl) findings.push(...checkSsl(postgres.ssl, Boolean(postgres.tls)));
  return findings;
}

type StatedSql = NonNullable<Stated['storage']['mysql']>;

function checkServer(server: StatedSql | undefined, path: Path, context: RuleContext): Finding[] {
  if (!server) return [];
  const findings = checkTls(server.tls, [...path, 'tls'], context);
  if (!server.address) findings.push(missing([...path, 'address']));
  for (const key of ['database', 'username'] as const) if (server[key] === '') findings.push(missing([...path, key]));
  return findings;
}

function missing(path: Path): Finding {
  return error(path, 'The key is missing.', `Set '${path.at(-1)}' as the database server expects it.`);
}

const modes = ['disable', 'verify-ca', 'require', 'verify-full'];

function checkSsl(ssl: NonNullable<NonNullable<Stated['storage']['postgres']>['ssl']>, withTls: boolean): Finding[] {
  const path = ['storage', 'postgres', 'ssl'];
  if (withTls) return [error(path, "'ssl' is the old name of 'tls', and both are set.", "Remove 'ssl'.")];
  const findings = [warning(path, 'This is an old section.', "Use 'storage.postgres.tls'.")];
  if (!modes.includes(ssl.mode))
    findings.push(error([...path, 'mode'], `There is no mode '${ssl.mode}'.`, `It takes ${modes.join(', ')}.`));
  return findings;
}
