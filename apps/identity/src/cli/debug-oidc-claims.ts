/**
 * `debug oidc claims`: what an application would be told about a person, in the ID token, at userinfo and in an access token.
 * It does not know how the directory is opened: that is handed in, and closed here.
 */
import { parseArgs } from 'node:util';
import type { Directory } from '../directory/directory.ts';
import type { OidcOptions } from '../oidc/options.ts';
import type { AttributeOf } from '../oidc/people/attributes.ts';
import { places, previewClaims } from '../oidc/people/claims-preview.ts';
import type { Command } from './command.ts';

export type ClaimsRoom = {
  readonly oidc: OidcOptions | undefined;
  readonly directory: Pick<Directory, 'find'>;
  readonly attributeOf: AttributeOf;
  readonly nowMs: () => number;
  close(): Promise<void>;
};

export const claimsUsage = `Usage:
  gatehouse debug oidc claims <user> --client ID [options] [--config <path>]...

Options:
  --scope 'A B'      the scopes that are asked for (default: all of the client)
  --format FORMAT    text (default) or json
`;

const titles = { id_token: 'ID token', userinfo: 'Userinfo', access_token: 'Access token' } as const;

export function debugOidcClaims(open: () => Promise<ClaimsRoom>): Command {
  return async (args, io) => {
    const read = readOptions(args);
    if (typeof read === 'string') {
      io.stderr.write(read);
      return 2;
    }
    const room = await open();
    try {
      const client = room.oidc?.clients.find(({ client_id: id }) => id === read.client);
      if (!room.oidc || !client) {
        io.stderr.write(`No client of the configuration has the id '${read.client}'.\n`);
        return 1;
      }
      const answer = await room.directory.find(read.user);
      if (answer.kind !== 'found') {
        io.stderr.write(
          answer.kind === 'unknown'
            ? `The directory does not know '${read.user}'.\n`
            : 'The directory cannot be asked now.\n',
        );
        return 1;
      }
      const scopes = read.scope?.split(' ').filter(Boolean) ?? client.scopes ?? [];
      const unregistered = scopes.find((scope) => !client.scopes?.includes(scope));
      if (unregistered !== undefined) {
        io.stderr.write(
          `The scope '${unregistered}' is not registered for '${read.client}': the request would be refused.\n`,
        );
        return 1;
      }
      const sources = { oidc: room.oidc, attributeOf: room.attributeOf, nowSeconds: Math.floor(room.nowMs() / 1000) };
      const preview = previewClaims(answer.identity, client, scopes, sources);
      if (read.format === 'json') io.stdout.write(`${JSON.stringify(preview, undefined, 2)}\n`);
      else for (const place of places) io.stdout.write(presentClaims(titles[place], preview[place]));
      return 0;
    } finally {
      await room.close();
    }
  };
}

type Options = {
  readonly user: string;
  readonly client: string;
  readonly scope?: string | undefined;
  readonly format: string;
};

function readOptions(args: string[]): Options | string {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { client: { type: 'string' }, scope: { type: 'string' }, format: { type: 'string', default: 'text' } },
    });
    const [user, ...more] = positionals;
    if (user === undefined || more.length > 0 || values.client === undefined) return claimsUsage;
    if (values.format !== 'text' && values.format !== 'json') return '--format is text or json.\n';
    return { user, client: values.client, scope: values.scope, format: values.format };
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : String(cause)}\n${claimsUsage}`;
  }
}

function presentClaims(title: string, claims: Readonly<Record<string, unknown>>): string {
  const rows = Object.entries(claims).map(([name, value]) => `  ${name.padEnd(22)}${JSON.stringify(value)}\n`);
  return `${title}\n${rows.length > 0 ? rows.join('') : '  nothing beyond what the protocol itself says\n'}`;
}
