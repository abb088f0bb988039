/** What the FIDO Alliance knows of a maker decides who may add a key, and only what it signed counts. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { openAttemptLimiter } from '../../../regulation/limiter.ts';
import { openMemoryDatabase } from '../../../storage/databases.suite.ts';
import { type AuthenticatorOptions, openAuthenticator, usualWebauthn } from '../authenticator.testing.ts';
import { portalAt } from '../browser-options.ts';
import { openWebauthn } from '../webauthn.ts';
import { type Authority, type Makers, modelSubject, openMakers, serviceSubject, signBlob } from './makers.testing.ts';
import { openMetadataStore } from './metadata.store.ts';
import { openMetadata } from './metadata.ts';
import type { MetadataRules } from './rules.ts';

const skip = needs('openssl');
const origin = 'https://auth.example.com';
const at = { place: '/settings', portal: portalAt(origin) };
const model = '08987058-cadc-4b81-b6e1-30de50dcbe96';
const unlisted = '11111111-cadc-4b81-b6e1-30de50dcbe96';
const zero = '00000000-0000-0000-0000-000000000000';
const dayMs = 86_400_000;
const all: MetadataRules = {
  ...{ trustAnchor: true, entry: true, permitZeroModel: false, status: true, permittedStatuses: [] },
  prohibitedStatuses: ['REVOKED', 'USER_VERIFICATION_BYPASS'],
};
const none: MetadataRules = { ...all, trustAnchor: false, entry: false, status: false };

let makers: Makers;
let maker: Authority;
let alliance: Authority;
let service: { readonly key: ReturnType<Authority['issue']>['key']; readonly certificates: Buffer[] };

before(() => {
  if (skip) return;
  makers = openMakers();
  maker = makers.authority('Maker');
  alliance = makers.authority('Authority of the metadata service');
  const { key, certificate } = alliance.issue(serviceSubject);
  service = { key, certificates: [certificate] };
});
after(() => makers?.[Symbol.asyncDispose]());

const day = (fromNow: number) => new Date(Date.now() + fromNow * dayMs).toISOString().slice(0, 10);
const usualBlob = (more: Partial<Parameters<typeof signBlob>[1]> = {}) =>
  signBlob(service, { no: 7, nextUpdate: day(3), models: [{ aaguid: model, roots: [maker.base64] }], ...more });
const madeByMaker = (subject = modelSubject, authority = maker) => {
  const { key, certificate } = authority.issue(subject);
  return { aaguid: model, attestation: 'packed', maker: { key, certificates: [certificate] } } as const;
};

/** A metadata service of the test's own, and a room that asks it. `answer.blob` undefined: it answers 429. */
async function openRoom(rules: MetadataRules = all, options: { keptCounts?: boolean } = {}) {
  const opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('metadata'));
  const certificates = makeCertificates(folder.path, []);
  const answer: { blob: string | undefined; asked: number } = { blob: await usualBlob(), asked: 0 };
  const tls = { cert: readFileSync(certificates.chainPath), key: readFileSync(certificates.keyPath) };
  const server = createServer(tls, (_req, res) => {
    answer.asked++;
    res.statusCode = answer.blob === undefined ? 429 : 200;
    res.end(answer.blob);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.defer(() => void server.close());
  const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/`);
  const database = opened.adopt(await openMemoryDatabase(), (each) => each.close());
  const lines: string[] = [];
  // Certificates of the test are a moment younger than it.
  const clock = { ms: Date.now() + 60_000 };
  const nowMs = () => clock.ms;
  const sealer = openSealer('an encryption key for tests');

  /** As a further start of the portal would. */
  function start() {
    const metadata = openMetadata({
      options: { url, keptCounts: options.keptCounts ?? false, rules },
      ...{ store: openMetadataStore(database), roots: [alliance.pem], nowMs },
      trusted: [readFileSync(certificates.caPath, 'utf8')],
      log: openLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) }),
    });
    const room = openWebauthn({
      ...{ database, sealer, nowMs, randomBytes, newId: randomUUID, onRefused: () => undefined, metadata },
      volatile: sealedVolatile(memoryVolatile(nowMs), sealer),
      limiter: openAttemptLimiter({ database, nowMs }),
      options: usualWebauthn,
    });
    return {
      metadata,
      async add(key: Omit<AuthenticatorOptions, 'origin'>) {
        const authenticator = openAuthenticator({ origin, ...key });
        const person = { username: 'alice', displayName: 'Alice' };
        const sent = authenticator.register(await room.askToAdd(person, 's', at));
        const added = await room.add(person, 's', at, randomUUID(), sent);
        return added.kind === 'not-allowed' ? added.rule : added.kind;
      },
    };
  }
  return { ...start(), start, answer, clock, lines, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

test('a key whose certificates lead to its maker is added, whichever rules are on', { skip }, async () => {
  await using room = await openRoom();
  assert.equal(await room.add(madeByMaker()), 'added');
  await using lax = await openRoom(none);
  assert.equal(await lax.add(madeByMaker()), 'added');
});

test('attack 21: a key that claims a model it is not of is not added', { skip }, async () => {
  await using room = await openRoom();
  const other = makers.authority('Maker');
  assert.equal(await room.add(madeByMaker(modelSubject, other)), 'maker', 'an authority that only has the name');
  assert.equal(await room.add({ aaguid: model, attestation: 'packed' }), 'maker', 'signed by the key itself');
  assert.equal(await room.add({ aaguid: model }), 'maker', 'without a statement');
  assert.match(room.lines.at(-1) ?? '', /"reason":"unproven"/);
  await using lax = await openRoom(none);
  assert.equal(await lax.add({ aaguid: model }), 'added');
});

test('a model that is not listed needs a rule that lets it in', { skip }, async () => {
  await using room = await openRoom();
  assert.equal(await room.add({ ...madeByMaker(), aaguid: unlisted }), 'maker');
  assert.equal(await room.add({ aaguid: zero }), 'maker');
  await using zeros = await openRoom({ ...all, permitZeroModel: true });
  assert.equal(await zeros.add({ aaguid: zero }), 'added');
  assert.equal(await zeros.add({ ...madeByMaker(), aaguid: unlisted }), 'maker');
  await using unlistedToo = await openRoom({ ...all, entry: false });
  assert.equal(await unlistedToo.add({ ...madeByMaker(), aaguid: unlisted }), 'added');
  assert.equal(await unlistedToo.add({ aaguid: model }), 'maker', 'a listed one has to prove itself still');
});

test('a model that signs for itself may, if that is how it is listed', { skip }, async () => {
  await using room = await openRoom();
  room.answer.blob = await usualBlob({ models: [{ aaguid: model, roots: [], types: ['basic_surrogate'] }] });
  assert.equal(await room.add({ aaguid: model, attestation: 'packed' }), 'added');
  assert.equal(await room.add(madeByMaker()), 'maker');
});

test('what was reported of a model keeps it out: what is prohibited ever since, what is permitted by the latest word', {
  skip,
}, async () => {
  const kind = async (
    rules: Partial<MetadataRules>,
    reports: readonly { status: string; effectiveDate?: string; sunsetDate?: string }[],
  ) => {
    await using room = await openRoom({ ...all, ...rules });
    room.answer.blob = await usualBlob({ models: [{ aaguid: model, roots: [maker.base64], reports }] });
    return await room.add(madeByMaker());
  };
  const certified = { status: 'FIDO_CERTIFIED_L1', effectiveDate: day(-9) };
  const bypass = { status: 'USER_VERIFICATION_BYPASS', effectiveDate: day(-20) };
  assert.equal(await kind({}, [certified]), 'added');
  assert.equal(await kind({}, [bypass, certified]), 'maker');
  assert.equal(await kind({}, [{ ...bypass, effectiveDate: day(9) }, certified]), 'added', 'not in effect yet');
  assert.equal(await kind({}, [{ ...bypass, sunsetDate: day(-1) }, certified]), 'added', 'no longer in effect');
  assert.equal(await kind({ status: false }, [bypass]), 'added');
  const permitted = { permittedStatuses: ['FIDO_CERTIFIED_L1'] };
  assert.equal(await kind(permitted, [certified]), 'added');
  assert.equal(await kind(permitted, [certified, { status: 'RETIRED', effectiveDate: day(-1) }]), 'maker');
  assert.equal(await kind(permitted, []), 'maker');
});

test('a blob that somebody else signed, that was altered, is over or goes back is not taken', { skip }, async () => {
  await using room = await openRoom();
  const stranger = makers.authority('Authority of the metadata service').issue(serviceSubject);
  const neighbour = alliance.issue('/CN=shop.example.com');
  const [head, , signature] = (await usualBlob()).split('.');
  const changed = (await usualBlob({ no: 8 })).split('.')[1];
  const wrong = [
    [
      await signBlob(
        { key: stranger.key, certificates: [stranger.certificate] },
        { no: 7, nextUpdate: day(3), models: [] },
      ),
      /do not lead to/,
    ],
    [
      await signBlob(
        { key: neighbour.key, certificates: [neighbour.certificate] },
        { no: 7, nextUpdate: day(3), models: [] },
      ),
      /somebody else/,
    ],
    [await signBlob({ ...service, key: neighbour.key }, { no: 7, nextUpdate: day(3), models: [] }), /signature/],
    [`${head}.${changed}.${signature}`, /signature/],
    [await usualBlob({ nextUpdate: day(-2) }), /it is over/],
    ['{}', /not signed/],
    ['', /not signed/],
  ] as const;
  for (const [blob, reason] of wrong) {
    await assert.rejects(room.metadata.update(blob), reason);
    room.answer.blob = blob;
    assert.equal(await room.start().add(madeByMaker()), 'unavailable');
  }
  assert.equal(await room.metadata.kept(), undefined);
  await room.metadata.update(await usualBlob({ no: 7 }));
  await assert.rejects(room.metadata.update(await usualBlob({ no: 6 })), /older \(6\) than the one that is here \(7\)/);
  await assert.rejects(room.start().metadata.update(await usualBlob({ no: 6 })), /older/);
});

test('it is fetched once and kept until it is over; a service that is gone keeps only new keys waiting', {
  skip,
}, async () => {
  await using room = await openRoom();
  assert.deepEqual([await room.add(madeByMaker()), await room.add(madeByMaker())], ['added', 'added']);
  assert.equal(room.answer.asked, 1);
  room.clock.ms += 5 * dayMs;
  room.answer.blob = undefined;
  assert.equal(await room.add(madeByMaker()), 'unavailable');
  assert.equal(await room.add(madeByMaker()), 'unavailable');
  assert.equal(room.answer.asked, 2, 'it is left alone for a moment');
  assert.match(room.lines.at(-1) ?? '', /no key can be added until it can/);
  room.clock.ms += dayMs;
  room.answer.blob = await usualBlob({ no: 8, nextUpdate: day(20) });
  assert.equal(await room.add(madeByMaker()), 'added');
});

test('after a start a kept one counts when the policy is relaxed, and is asked for anew when it is strict', {
  skip,
}, async () => {
  for (const keptCounts of [true, false]) {
    await using room = await openRoom(all, { keptCounts });
    await room.metadata.prepare();
    room.answer.blob = undefined;
    assert.equal(await room.start().add(madeByMaker()), keptCounts ? 'added' : 'unavailable');
  }
});
