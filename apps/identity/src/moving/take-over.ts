/**
 * Writes what Authelia knew into the rooms of this house, all or nothing, and tells what became of each thing. Done twice it
 * changes nothing the second time. Where it comes from and how it is told is not known here.
 */
import { createHash } from 'node:crypto';
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import { takeConsent } from '../oidc/consent/consent-memory.ts';
import { takeSubject } from '../oidc/people/known-subjects.ts';
import { openSubjects } from '../oidc/people/subjects.ts';
import { takeBan } from '../regulation/ban.store.ts';
import { networkOf } from '../regulation/network.ts';
import { takePush } from '../sign-in/push/push.take.ts';
import { takePreference } from '../sign-in/second-factors.take.ts';
import { takeTotp } from '../sign-in/totp/totp.take.ts';
import { type ForeignKey, takeHandle, takeKey } from '../sign-in/webauthn/webauthn.take.ts';
import type { IdentityDatabase, IdentityKysely } from '../storage/tables.ts';
import type { AutheliaConsent, AutheliaData, AutheliaKind, Unusable } from './authelia-data.ts';

/** What became of the things of one kind. */
export type Tally = {
  readonly taken: number;
  /** There already, from an earlier run or because nothing differs. */
  readonly same: number;
  readonly skipped: readonly Unusable[];
};

export type TakeOver = Readonly<Record<AutheliaKind, Tally>>;

type Settings = {
  readonly database: IdentityDatabase;
  readonly sealer: Sealer;
  /** Consents for other applications are not taken: an application of that name may be another one some day. */
  readonly clientIds: ReadonlySet<string>;
  /** RP IDs of the portals: a key that names none belongs to the only one. */
  readonly rpIds: readonly string[];
  /** Whether what differs here gives way. */
  readonly overwrite: boolean;
  /** Finds out what would become of it, and changes nothing. */
  readonly dryRun: boolean;
  readonly nowMs: () => number;
};

/** Why something stays as it is here. */
const stays = {
  different: 'has another one here, which stays; --overwrite takes Authelia’s',
  'of-another': 'belongs to somebody else here, and stays there',
  unknown: 'is for an application that the configuration does not have',
  'of-no-portal': 'names no portal, and the configuration has several',
} as const;

export async function takeOver(data: AutheliaData, settings: Settings): Promise<TakeOver> {
  const trx = await settings.database.kysely.startTransaction().execute();
  try {
    const answer = await takeAll(data, trx, settings);
    await (settings.dryRun ? trx.rollback() : trx.commit()).execute();
    return answer;
  } catch (cause) {
    if (!trx.isRolledBack) await trx.rollback().execute();
    throw cause;
  }
}

async function takeAll(data: AutheliaData, trx: IdentityKysely, settings: Settings): Promise<TakeOver> {
  const { sealer, clientIds, overwrite, nowMs } = settings;
  const { unusable } = data;
  const options = { overwrite, nowMs: nowMs() };
  const identifiers = await tallyOf(
    data.identifiers,
    unusable.identifiers,
    ({ username }) => username,
    (known) => takeSubject(trx, known, options),
  );
  const codes = await tallyOf(
    data.codes,
    unusable.codes,
    ({ username }) => username,
    (code) => takeTotp(trx, sealer, code, overwrite),
  );
  const keys = await tallyOf(
    data.keys,
    unusable.keys,
    ({ username, name }) => `${username} (${name})`,
    (key) => takeKeyIn(trx, sealer, { key, overwrite, rpIds: settings.rpIds }),
  );
  for (const handle of data.handles) await takeHandle(trx, handle);
  const devices = await tallyOf(
    data.devices,
    unusable.devices,
    ({ username }) => username,
    (device) => takePush(trx, device, options),
  );
  const preferences = await tallyOf(
    data.preferences,
    unusable.preferences,
    ({ username }) => username,
    (preference) => takePreference(trx, preference, overwrite),
  );
  // After the identifiers: within the house a person is the public subject, which may just have come.
  const subjects = openSubjects(trx, nowMs);
  const consents = await tallyOf(
    data.consents,
    unusable.consents,
    ({ clientId }) => clientId,
    async (consent) => {
      if (!clientIds.has(consent.clientId)) return 'unknown';
      const subject = await subjects.subjectOf(consent.username);
      const { clientId, audiences, claims } = consent;
      const key = { clientId, subject, scopes: new Set(consent.scopes), audiences, claims };
      const refusedClaims = claims === undefined ? [] : refusedOf(claims, consent.grantedClaims);
      return takeConsent(trx, nameOf(consent).slice(0, idCharacters), key, { ...consent, refusedClaims });
    },
  );
  const bans = await tallyOf(
    data.bans,
    unusable.bans,
    ({ subject }) => subject,
    (ban) => takeBan(trx, nameOf(ban), { ...ban, subject: ban.kind === 'ip' ? networkOf(ban.subject) : ban.subject }),
  );
  return { identifiers, codes, keys, devices, preferences, consents, bans };
}

type KeyToTake = { readonly key: ForeignKey; readonly overwrite: boolean; readonly rpIds: readonly string[] };

/** One key, all or nothing. */
export function takeKeyAt({ kysely }: IdentityDatabase, sealer: Sealer, what: KeyToTake): Promise<TakenOver> {
  return kysely.transaction().execute((trx) => takeKeyIn(trx, sealer, what));
}

async function takeKeyIn(
  trx: IdentityKysely,
  sealer: Sealer,
  { key, overwrite, rpIds: [only, ...more] }: KeyToTake,
): Promise<TakenOver> {
  const rpId = key.rpId || (more.length === 0 ? only : undefined);
  return rpId === undefined ? 'of-no-portal' : takeKey(trx, sealer, { ...key, rpId }, overwrite);
}

/** What became of one thing. */
export type TakenOver = 'taken' | 'same' | keyof typeof stays;

/** Takes each thing in turn, and counts. `unusable`: what was skipped before. */
export async function tallyOf<Thing>(
  things: readonly Thing[],
  unusable: readonly Unusable[],
  owner: (thing: Thing) => string,
  take: (thing: Thing) => Promise<TakenOver>,
): Promise<Tally> {
  const counts = { taken: 0, same: 0 };
  const skipped: Unusable[] = [...unusable];
  for (const thing of things) {
    const became = await take(thing);
    if (became === 'taken' || became === 'same') counts[became] += 1;
    else skipped.push({ of: owner(thing), why: stays[became] });
  }
  return { ...counts, skipped };
}

/** The column of a consent's id holds a UUID. */
const idCharacters = 36;

/** The same name for the same thing, however often it is read. */
function nameOf(thing: object): string {
  return createHash('sha256').update(JSON.stringify(thing)).digest('hex');
}

/** What was asked for, not as essential, and not granted. */
function refusedOf(claims: string, granted: AutheliaConsent['grantedClaims']): string[] {
  const { id_token: idToken, userinfo } = JSON.parse(claims);
  const asked = [idToken, userinfo].flatMap((member) => Object.entries<{ essential?: boolean } | null>(member ?? {}));
  const essential = new Set(asked.flatMap(([name, claim]) => (claim?.essential === true ? [name] : [])));
  const names = new Set(asked.map(([name]) => name));
  return [...names].filter((name) => !essential.has(name) && !granted.includes(name));
}
