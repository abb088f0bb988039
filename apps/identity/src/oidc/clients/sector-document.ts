/**
 * The document behind a client's `sector_identifier_uri` (OpenID Connect Core 8.1, Registration 5): a JSON array that must
 * hold every redirect URI of the client. It is read when the configuration is applied and never again, so a sign-in never
 * waits for another host. See docs/decisions/sector-documents.md for a host that does not answer.
 */

import type { Outgoing } from '../calls/outgoing.ts';
import type { ClientOptions } from '../options.ts';

/** The configuration cannot be applied: the sector of a client is not confirmed by its document. */
export class SectorUnconfirmed extends Error {
  override readonly name = 'SectorUnconfirmed';
  readonly code = 'sector-unconfirmed';
}

/** Throws `SectorUnconfirmed` for the first client whose document does not vouch for it. A document is read once. */
export async function confirmSectors(clients: readonly ClientOptions[], outgoing: Outgoing): Promise<void> {
  const withSector = clients.filter((client) => client.sector_identifier_uri);
  const documents = new Map<string, Promise<unknown>>();
  const unconfirmed = ({ client_id, sector_identifier_uri }: ClientOptions, reason: string, cause?: unknown) =>
    new SectorUnconfirmed(
      `The sector_identifier_uri of client '${client_id}' ${reason}. It must answer with a JSON list of all redirect_uris of the client: ${sector_identifier_uri}`,
      { cause },
    );
  await Promise.all(
    withSector.map(async (client) => {
      const { client_id: clientId, sector_identifier_uri: uri = '', allow_private_network: mayCallPrivate } = client;
      const key = `${uri} ${mayCallPrivate}`;
      const asked = documents.get(key) ?? read(uri, { clientId, mayCallPrivate: mayCallPrivate ?? false }, outgoing);
      documents.set(key, asked);
      const listed = await asked.catch((cause: unknown) => {
        throw unconfirmed(client, `could not be read (${cause instanceof Error ? cause.message : cause})`, cause);
      });
      if (!Array.isArray(listed)) throw unconfirmed(client, 'is no JSON list');
      const missing = client.redirect_uris?.find((redirectUri) => !listed.includes(redirectUri));
      if (missing !== undefined) throw unconfirmed(client, `does not list ${missing}`);
    }),
  );
}

async function read(uri: string, caller: Parameters<Outgoing>[2], outgoing: Outgoing): Promise<unknown> {
  const response = await outgoing(uri, { headers: { accept: 'application/json' } }, caller);
  if (response.status !== 200) throw new Error(`status ${response.status}`);
  return response.json();
}
