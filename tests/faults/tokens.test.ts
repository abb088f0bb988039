/**
 * A power cut in the middle of token requests: the provider dies by SIGKILL at twenty random moments while applications
 * exchange codes, renew their access and ask for tokens of their own. After each restart every token that an answer brought
 * is known, and no code and no refresh token that was used is worth anything again.
 */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type House, openHouse } from '../house/house.ts';
import { Application } from './application.ts';

const applications = 6;
const kills = 20;
/** The moments are drawn among so many answers after the start. */
const answersMax = 120;

/** The printed client, which may also stay connected and act for itself. */
function lastingClient(yaml: string): string {
  const changed = yaml
    .replace("authorization_policy: 'two_factor'", "authorization_policy: 'one_factor'")
    .replace(/^( +)- 'profile'$/m, "$&\n$1- 'offline_access'")
    .replace(/^( +)- 'authorization_code'$/m, "$&\n$1- 'refresh_token'")
    .replace(/^( +)token_endpoint_auth_method: .*$/m, "$&\n$1introspection_endpoint_auth_method: 'client_secret_post'");
  assert.match(changed, /offline_access.*refresh_token.*introspection/s);
  return `${changed}
      - client_id: 'machine'
        client_secret: '$plaintext$a secret of this test'
        authorization_policy: 'one_factor'
        grant_types: ['client_credentials']
        scopes: ['reports']
        token_endpoint_auth_method: 'client_secret_post'
        introspection_endpoint_auth_method: 'client_secret_post'
`;
}

for (const storage of ['sqlite', 'postgres'] as const)
  test(`twenty kills under token requests lose no token that was given and revive none that was used, on ${storage}`, {
    skip: needs('nginx', 'openssl', ...(storage === 'postgres' ? (['postgresql'] as const) : [])),
  }, async () => {
    await using house = await openHouse({ storage, changeClients: lastingClient });
    let tokensSeen = 0;
    for (let round = 0; round < kills; round++) {
      const moment = randomInt(1, answersMax);
      tokensSeen += await surviveOneKill(house, moment).catch((cause) => {
        throw new Error(`round ${round}, killed after ${moment} answers`, { cause });
      });
    }
    assert.ok(tokensSeen > kills, `only ${tokensSeen} tokens were given: the load was none`);
  });

async function surviveOneKill(house: House, moment: number): Promise<number> {
  let answers = 0;
  let isDark = false;
  let killed = (): void => {};
  const dark = new Promise<void>((resolve) => {
    killed = resolve;
  });
  const onAnswer = (): void => {
    answers++;
    if (answers !== moment) return;
    isDark = true;
    house.identity().kill().then(killed, killed);
  };
  using farewell = new DisposableStack();
  const crowd = Array.from({ length: applications }, () =>
    farewell.adopt(new Application(house.people.alice, house.identityPort, onAnswer), (each) => each.close()),
  );
  await Promise.all(
    crowd.map(async (application) => {
      try {
        for (;;) await application.work();
      } catch (cause) {
        // What fails once the lights are out was not answered; what fails before is a failure.
        if (!isDark) throw cause;
      }
    }),
  );
  await dark;
  await house.startIdentity();
  for (const application of crowd) await application.assertKept();
  return crowd.reduce((sum, { given }) => sum + given, 0);
}
