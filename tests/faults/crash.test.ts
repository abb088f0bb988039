/**
 * A power cut in the middle of sign-ins: both applications die by SIGKILL at varying moments while several people sign in,
 * exchange codes and set up factors. After each restart everything that an answer promised is there, and nothing that was
 * spent works again.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type House, openHouse } from '../house/house.ts';
import { peopleOf } from '../house/workspace-people.ts';
import {
  assertCodesSpent,
  assertExchangesSpent,
  assertFactorKept,
  assertPersonKept,
  assertSessionKept,
} from './promises.ts';
import { Visitor } from './visitor.ts';

const signersAtOnce = 3;

/** The printed client, with a consent that lasts: an agreement to lose. */
function rememberConsent(yaml: string): string {
  const changed = yaml.replace(
    /^( +)require_pkce: true$/m,
    "$1consent_mode: 'pre-configured'\n$1pre_configured_consent_duration: '1 day'\n$&",
  );
  assert.notEqual(changed, yaml);
  return changed;
}

/**
 * After how many answers the lights go out, one a round: from the first page to well behind the last. Four people need nine
 * answers each to their first tokens, so the last moments lie behind those whatever the order.
 */
const moments = { sqlite: [3, 9, 14, 20, 26, 31, 37, 43, 50, 60], postgres: [6, 16, 34, 60] };

test('kill -9 of both applications in the middle of sign-ins loses nothing that was promised, on SQLite', {
  skip: needs('nginx', 'openssl'),
}, async () => {
  await using house = await openHouse({ changeClients: rememberConsent, crowd: crowdFor(moments.sqlite.length) });
  await survive(house, moments.sqlite, async (visitor) => {
    await visitor.signInToWorkspace();
    for (;;) await visitor.authorizeAndExchange();
  });
});

test('kill -9 of the provider in the middle of sign-ins loses nothing that was promised, on PostgreSQL', {
  skip: needs('nginx', 'openssl', 'postgresql'),
}, async () => {
  const crowd = crowdFor(moments.postgres.length);
  await using house = await openHouse({ changeClients: rememberConsent, crowd, storage: 'postgres' });
  await survive(house, moments.postgres, async (visitor) => {
    for (;;) await visitor.authorizeAndExchange();
  });
});

/** One who sets up a factor each round; the others come again every other round: a code serves once. */
function crowdFor(rounds: number): number {
  return rounds + signersAtOnce * Math.ceil(rounds / 2);
}

async function survive(
  house: House,
  answersBefore: readonly number[],
  sign: (visitor: Visitor) => Promise<void>,
): Promise<void> {
  const { crowd } = house.people;
  const everybody: Visitor[] = [];
  using farewell = new DisposableStack();
  for (const [round, answersMax] of answersBefore.entries()) {
    const first = answersBefore.length + signersAtOnce * (round % Math.ceil(answersBefore.length / 2));
    const outage = plannedOutage(house, answersMax);
    const visit = (index: number): Visitor => {
      const person = crowd[index];
      assert.ok(person, 'the crowd is too small');
      return farewell.adopt(new Visitor(person, house, outage.onAnswer), (visitor) => visitor.close());
    };
    const enroller = visit(round);
    const signers = Array.from({ length: signersAtOnce }, (_, index) => visit(first + index));
    await Promise.all([
      ...signers.map((signer) => untilDark(outage, () => sign(signer))),
      untilDark(outage, async () => {
        await enroller.walk('/sign-in/portal?level=two_factor&rd=https%3A%2F%2Fleantime.example.com%2F');
        await enroller.enrol();
        for (;;) await enroller.authorizeAndExchange();
      }),
    ]);
    await outage.over;
    await Promise.all([house.startIdentity(), house.startProjects()]);

    const present = [...signers, enroller];
    for (const visitor of present) {
      await assertSessionKept(visitor);
      await assertPersonKept(visitor);
      await assertCodesSpent(visitor);
      await assertExchangesSpent(visitor);
    }
    await assertFactorKept(enroller);
    everybody.push(...present);
  }

  for (const visitor of everybody) {
    await assertSessionKept(visitor);
    await assertPersonKept(visitor);
  }
  const people = await peopleOf(house.projectsDatabase);
  assert.equal(new Set(people.map(({ subject }) => subject)).size, people.length, 'nobody exists twice');
  assert.ok(everybody.some(({ consented }) => consented));
  assert.ok(everybody.some(({ exchanged }) => exchanged.length > 0));
}

type Outage = { dark: boolean; readonly over: Promise<void>; readonly onAnswer: () => void };

/** Kills both at the moment that so many answers have arrived. */
function plannedOutage(house: House, answersMax: number): Outage {
  let answers = 0;
  let done: (killing: Promise<unknown>) => void = () => {};
  const outage: Outage = {
    dark: false,
    over: new Promise<void>((resolve, reject) => {
      done = (killing) => killing.then(() => resolve(), reject);
    }),
    onAnswer() {
      answers++;
      if (answers !== answersMax) return;
      // Not in the instant itself: requests that just left must get somewhere first.
      setTimeout(() => {
        outage.dark = true;
        done(Promise.all([house.identity().kill(), house.projects().kill()]));
      }, answersMax % 7);
    },
  };
  return outage;
}

/** What fails once the lights are out was not answered; what fails before is a failure. */
async function untilDark(outage: Outage, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    if (!outage.dark) throw cause;
  }
}
