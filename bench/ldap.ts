/**
 * Whole sign-ins of people from an LDAP server against raw binds at the same server: a sign-in is a search for the person, a
 * bind as them, another as the account that searches, a search for their groups, and everything the portal does around them.
 * Binds run over kept connections, as many as there are callers, in turn with the sign-ins.
 */
import assert from 'node:assert/strict';
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { Client } from 'ldapts';
import { ldapDirectory } from '../tests/house/configuration.ts';
import { HttpPerson } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { exhaust } from './load.ts';
import { median } from './measure.ts';
import { oneFactorClients, prepareProvider } from './provider.ts';

const callers = 8;
const peopleCount = 8;
const pieces = 800;
const rounds = 5;

export async function measureLdap(): Promise<readonly Figure[]> {
  await using opened = new AsyncDisposableStack();
  const people = Array.from({ length: peopleCount }, (_, index) => person(index));
  const slapd = opened.use(await startSlapd({ ldif: people.map(({ ldif }) => ldif).join('\n') }));
  const provider = await prepareProvider(oneFactorClients, { directory: ldapDirectory(slapd) });
  opened.defer(() => provider.remove());
  const identity = await provider.start();
  opened.defer(() => identity.stop());
  const clients = people.map(() => new Client({ url: `ldap://127.0.0.1:${slapd.port}` }));
  opened.defer(async () => void (await Promise.all(clients.map((client) => client.unbind()))));

  const binds = (count: number): Promise<number> => {
    const free = [...clients.entries()];
    return exhaust([...Array(count).keys()], callers, async () => {
      const taken = free.pop();
      assert.ok(taken);
      const [index, client] = taken;
      await client.bind(dnOf(index), passwordOf(index));
      free.push(taken);
    });
  };
  const signIns = (count: number): Promise<number> =>
    exhaust([...Array(count).keys()], callers, async (index) => {
      const who = people[index % peopleCount];
      assert.ok(who);
      const browser = new HttpPerson(provider.port);
      try {
        assert.ok((await browser.authorize(who)).searchParams.has('code'), 'a sign-in ended without a code');
      } finally {
        browser.close();
      }
    });

  await binds(pieces);
  await signIns(callers * 10);
  const found: { binds: number; signIns: number }[] = [];
  for (let round = 0; round < rounds; round++)
    found.push({ binds: await binds(pieces * 4), signIns: await signIns(pieces / 2) });
  return [
    { what: 'Raw binds over kept connections', value: median(found.map((each) => each.binds)), unit: '/s' },
    { what: 'Sign-ins of people from LDAP', value: median(found.map((each) => each.signIns)), unit: '/s' },
    { what: 'Sign-ins for each bind', value: median(found.map((each) => each.signIns / each.binds)), unit: '' },
  ];
}

function dnOf(index: number): string {
  return `uid=alice-${index},ou=people,dc=example,dc=com`;
}

function passwordOf(index: number): string {
  return `alice-${index} has a long password`;
}

function person(index: number): { username: string; password: string; ldif: string } {
  const username = `alice-${index}`;
  return {
    username,
    password: passwordOf(index),
    ldif: `dn: ${dnOf(index)}
objectClass: inetOrgPerson
uid: ${username}
cn: Alice
sn: Adams
displayName: Alice Adams
mail: ${username}@example.com
userPassword: ${passwordOf(index)}
`,
  };
}
