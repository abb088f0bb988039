import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parseExpression } from '../../../../apps/identity/src/config/values/expression.ts';
import { claimsOf, codeFor, exchange, userinfo } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const expressions = {
  role: '"admins" in groups ? "root" : "guest"',
  next_badge: 'shelf + 1',
  mailboxes: 'size(emails)',
  initials: '[given_name, family_name].map(name, name == "" ? "" : name.substring(0, 1))',
  called: 'nickname == "" ? display_name : nickname',
  first_group: 'groups[0]',
};

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      {
        ...guideClient,
        consent_mode: 'implicit',
        claims_policy: 'made',
        scopes: ['openid', 'made'],
      },
    ],
    oidc: {
      claims_policies: {
        made: {
          id_token: ['role'],
          custom_claims: {
            ...Object.fromEntries(Object.keys(expressions).map((name) => [name, {}])),
            town: { attribute: 'locality' },
            boxes: { attribute: 'emails_extra' },
          },
        },
      },
      scopes: { made: { claims: [...Object.keys(expressions), 'town', 'boxes'] } },
    },
    userAttributes: new Map(
      Object.entries(expressions).map(([name, text]) => {
        const parsed = parseExpression(text, ['shelf']);
        if (parsed.kind === 'refused') throw new TypeError(`${name} ${parsed.reason}`);
        return [name, parsed.value];
      }),
    ),
  });
  const alice = house.people.get('alice');
  if (alice) house.people.set('alice', { ...alice, attributes: { ...alice.attributes, extra: { shelf: 16 } } });
});
after(() => house.close());

async function said(person: string) {
  const code = await codeFor(house.browser(), { scope: 'openid made' }, { as: person, factors: '2' });
  const { body } = await exchange(house, code);
  return { idToken: claimsOf(body.id_token), info: (await userinfo(house, body.access_token)).body };
}

test('an expression gives a claim where the policy and the scope put it', async () => {
  const { idToken, info } = await said('alice');
  assert.equal(idToken.role, 'root');
  assert.equal(idToken.next_badge, undefined);
  assert.equal(info.role, 'root');
  assert.equal(info.next_badge, 17);
  assert.equal(info.mailboxes, 2);
  assert.deepEqual(info.initials, ['A', 'E']);
});

test('an attribute the directory lacks is empty in an expression, and standard ones need none', async () => {
  const { info } = await said('alice');
  assert.equal(info.called, 'Alice Example');
  assert.equal(info.town, 'Springfield');
  assert.deepEqual(info.boxes, ['a.example@example.com']);
});

test('an expression that fails for a person leaves its claim out, the rest stays, and the log says so once without data', async () => {
  house.lines.length = 0;
  const { info } = await said('bob');
  assert.equal(info.role, 'guest');
  assert.equal('first_group' in info, false);
  assert.equal('next_badge' in info, false);
  await said('bob');
  const told = house.lines.filter((line) => 'attribute' in line);
  assert.deepEqual(told.map((line) => line.attribute).sort(), ['first_group', 'next_badge']);
  assert.doesNotMatch(JSON.stringify(told), /bob|example\.com/i);
});
