import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costOf } from '@gatehouse/password/digest.ts';
import { digestKindsMax, parseUsersFile, type UsersFileAnswer } from './users-file.ts';

const digest = '$argon2id$v=19$m=256,t=1,p=4$c2l4dGVlbiBieXRlIHNsdA$AAAAAAAAAAAAAAAAAAAAAA';
const costliest = '$argon2id$v=19$m=1024,t=1,p=4$c2l4dGVlbiBieXRlIHNsdA$AAAAAAAAAAAAAAAAAAAAAA';
const costly = '$argon2id$v=19$m=512,t=1,p=4$c2l4dGVlbiBieXRlIHNsdA$AAAAAAAAAAAAAAAAAAAAAA';

const declared = {
  badge: { value_type: 'integer', multi_valued: false },
  rooms: { value_type: 'string', multi_valued: true },
  external: { value_type: 'boolean', multi_valued: false },
} as const;

function parse(text: string, search = { email: false, caseInsensitive: false }): UsersFileAnswer {
  return parseUsersFile(text, { path: 'users.yml', search, extraAttributes: declared });
}

function problemsOf(answer: UsersFileAnswer): string[] {
  assert.ok(answer.kind === 'broken');
  return answer.problems.map(({ line, key, message }) => `${line} ${key}: ${message}`);
}

function person(name: string, ...lines: readonly string[]): string {
  return [`  ${name}:`, ...[`password: '${digest}'`, `displayname: 'A'`, ...lines].map((line) => `    ${line}\n`)].join(
    '\n',
  );
}

test('every key of a person is read', () => {
  const answer = parse(`users:
  alice:
    password: '${digest}'
    displayname: Alice Adams
    email: alice@example.com
    groups: [staff, 42]
    given_name: Alice
    middle_name: B
    family_name: Adams
    nickname: Al
    gender: female
    birthdate: 2000-01-31
    zoneinfo: Europe/Berlin
    phone_number: +49 30 1234
    phone_extension: 0012
    website: https://example.com/
    profile: https://example.com/alice
    picture: https://example.com/alice.png
    locale: de-ch
    address: { street_address: Weg 1, locality: Berlin, region: BE, postal_code: 01234, country: DE }
    extra: { badge: 7, rooms: [a, b], external: false }
`);
  assert.ok(answer.kind === 'read');
  assert.deepEqual(answer.file.index.lookUp('alice')?.identity, {
    username: 'alice',
    displayName: 'Alice Adams',
    emails: ['alice@example.com'],
    groups: ['staff', '42'],
    attributes: {
      given_name: 'Alice',
      middle_name: 'B',
      family_name: 'Adams',
      nickname: 'Al',
      gender: 'female',
      birthdate: '2000-01-31',
      zoneinfo: 'Europe/Berlin',
      phone_number: '+49 30 1234',
      phone_extension: '0012',
      website: 'https://example.com/',
      profile: 'https://example.com/alice',
      picture: 'https://example.com/alice.png',
      locale: 'de-CH',
      address: { street_address: 'Weg 1', locality: 'Berlin', region: 'BE', postal_code: '01234', country: 'DE' },
      extra: { badge: 7, rooms: ['a', 'b'], external: false },
    },
  });
});

test('all that is wrong is told at once, with the line of each', () => {
  const found = problemsOf(
    parse(`users:
  alice:
    password: secret
    email: [a@example.com, b@example.com]
    disabled: maybe
  bob:
    password: '${digest}'
    displayname: Bob
    website: example.com
    locale: not a tag
    groups: staff
    extra:
      badge: 'seven'
      colour: red
`),
  );
  assert.deepEqual(found, [
    '2 users.alice.displayname: This is required and missing.',
    '3 users.alice.password: The password is no digest of a known kind: argon2, bcrypt, PBKDF2, scrypt or SHA-crypt.',
    '4 users.alice.email: This is not a text.',
    '5 users.alice.disabled: This is neither true nor false.',
    '9 users.bob.website: This is not an absolute URI.',
    '10 users.bob.locale: This is not a language tag (BCP 47).',
    '11 users.bob.groups: This is not a list.',
    '13 users.bob.extra.badge: This is not a whole number, as declared.',
    '14 users.bob.extra.colour: This attribute is not declared in the configuration.',
  ]);
});

for (const [what, text, expected] of [
  ['an empty file', '', /names nobody/],
  ['a file of comments', '# later\n', /names nobody/],
  ['no people', 'users: {}', /names nobody/],
  ['a list of people', 'users:\n  - alice', /not a mapping/],
  ['a text', 'just words', /not a mapping/],
  ['a key twice', `users:\n${person('alice')}${person('alice')}`, /duplicate key/],
  ['an open quote', "users:\n  alice:\n    password: 'x", /not valid YAML/],
  ['an alias of nothing', 'users: *nobody', /names nobody|not valid YAML/],
  ['two addresses in one', `users:\n${person('alice', 'email: a@example.com,b@example.com')}`, /not one mail address/],
  ['a line break in a name', `users:\n${person('"al\\nice"')}`, /control character/],
] as const)
  test(`${what} is refused`, () => {
    assert.match(problemsOf(parse(text)).join('\n'), expected);
  });

test('an unknown key is a warning, and no more', () => {
  const answer = parse(`users:\n${person('alice', 'disable: true')}`);
  assert.ok(answer.kind === 'read');
  assert.deepEqual(
    answer.warnings.map(({ severity, line, key }) => [severity, line, key]),
    [['warning', 7, 'users.alice']],
  );
});

test('anchors and merge keys are followed', () => {
  const answer = parse(`shared: &shared { password: '${digest}', groups: &staff [staff] }
users:
  alice: { <<: *shared, displayname: Alice }
  bob: { <<: *shared, displayname: Bob, groups: [guests] }
`);
  assert.ok(answer.kind === 'read');
  assert.deepEqual(answer.file.index.lookUp('alice')?.identity.groups, ['staff']);
  assert.deepEqual(answer.file.index.lookUp('bob')?.identity.groups, ['guests']);
});

test('a switch may be written as older YAML does', () => {
  const answer = parse(`users:\n${person('alice', 'disabled: yes')}${person('bob', 'disabled: Off')}`);
  assert.ok(answer.kind === 'read');
  assert.equal(answer.file.index.lookUp('alice')?.disabled, true);
  assert.equal(answer.file.index.lookUp('bob')?.disabled, false);
});

test('without search a login is the exact name', () => {
  const answer = parse(`users:\n${person('Alice', 'email: alice@example.com')}`);
  assert.ok(answer.kind === 'read');
  const { lookUp } = answer.file.index;
  assert.deepEqual(
    ['Alice', 'alice', 'alice@example.com'].map((login) => lookUp(login)?.identity.username),
    ['Alice', undefined, undefined],
  );
});

test('a search by address pays no regard to case and comes before names', () => {
  const text = `users:\n${person('Alice', 'email: Alice@Example.com')}`;
  const answer = parse(text, { email: true, caseInsensitive: false });
  assert.ok(answer.kind === 'read');
  const { lookUp } = answer.file.index;
  assert.equal(lookUp('aLICE@example.com')?.identity.username, 'Alice');
  assert.equal(lookUp('alice'), undefined);
});

test('a search without regard to case finds the lower-case name', () => {
  const answer = parse(`users:\n${person('alice')}`, { email: false, caseInsensitive: true });
  assert.ok(answer.kind === 'read');
  assert.equal(answer.file.index.lookUp('ALICE')?.identity.username, 'alice');
});

test('two people with one address are refused when people may sign in with it, and no address is told', () => {
  const text = `users:\n${person('alice', 'email: a@example.com')}${person('bob', 'email: A@example.com')}`;
  assert.equal(parse(text).kind, 'read');
  const found = problemsOf(parse(text, { email: true, caseInsensitive: false })).join('\n');
  assert.match(found, /users\.bob\.email: This address is also that of the person at line 2/);
  assert.doesNotMatch(found, /@example/);
});

test('an address that is somebody else’s login name is refused, one’s own is not', () => {
  const own = `users:\n${person('a@example.com', 'email: a@example.com')}`;
  const others = `users:\n${person('a@example.com')}${person('bob', 'email: a@example.com')}`;
  for (const search of [
    { email: true, caseInsensitive: false },
    { email: false, caseInsensitive: true },
  ]) {
    assert.equal(parse(own, search).kind, 'read');
    assert.match(problemsOf(parse(others, search)).join('\n'), /is the login name of the person at line 2/);
  }
});

test('capitals in names are refused when case does not count', () => {
  const text = `users:\n${person('Alice')}`;
  assert.match(problemsOf(parse(text, { email: false, caseInsensitive: true })).join('\n'), /users\.Alice: .*capitals/);
});

test('the kinds of digest are those of people who may sign in, the most usual first', () => {
  const others = ['x', 'y', 'z'].map((name) => person(name, 'disabled: true').replaceAll(digest, costliest)).join('');
  const answer = parse(
    `users:\n${person('carol').replaceAll(digest, costly)}${person('alice')}${person('bob')}${others}`,
  );
  assert.ok(answer.kind === 'read');
  assert.deepEqual(answer.file.digestKinds.map(costOf), ['argon2id 256 1 4', 'argon2id 512 1 4']);
  assert.deepEqual(answer.warnings, []);
});

test('more kinds of digest than refusals pay for leave the most usual, and a warning', () => {
  const names = Array.from({ length: digestKindsMax + 1 }, (_, index) => `p${index}`);
  const each = names.map((name, index) => person(name).replaceAll('m=256', `m=${256 + index}`)).join('');
  const answer = parse(`users:\n${each}${person('usual').replaceAll('m=256', `m=${256 + digestKindsMax}`)}`);
  assert.ok(answer.kind === 'read');
  assert.equal(answer.file.digestKinds.length, digestKindsMax);
  assert.equal(costOf(answer.file.digestKinds[0] ?? assert.fail()), `argon2id ${256 + digestKindsMax} 1 4`);
  assert.match(answer.warnings.map(({ message }) => message).join('\n'), /digests of 7 algorithms and costs/);
});

test('a bomb of aliases is refused soon', () => {
  const text = `a: &a [x]\nb: [${'*a,'.repeat(10_001)}]\nusers: {}\n`;
  assert.match(problemsOf(parse(text)).join('\n'), /aliases/);
});

test('altered files are read or refused, never thrown', () => {
  const original = `users:\n${person('alice', 'email: a@example.com', 'groups: [staff]', 'extra: { rooms: [a] }')}`;
  // A fixed generator (Park–Miller), so that a find can be repeated.
  let seed = 7_919;
  const below = (bound: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % bound;
  };
  const pieces = [
    ':',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '*a',
    '&a ',
    '<<: *a',
    '!!set ',
    '!x ',
    "'",
    '"',
    '|',
    '? ',
    '---\n',
    '\t',
    'null',
    '\u0000',
    '~',
  ];
  for (let round = 0; round < 3_000; round++) {
    let text = original;
    for (let edits = 1 + below(4); edits > 0; edits--) {
      const at = below(text.length + 1);
      text = text.slice(0, at) + pieces[below(pieces.length)] + text.slice(at + below(9));
    }
    const answer = parse(text, { email: true, caseInsensitive: true });
    if (answer.kind === 'broken')
      assert.ok(
        answer.problems.some(({ severity }) => severity === 'error'),
        text,
      );
  }
});
