/** A person of whom the users file says everything that OpenID Connect has a standard claim for. */
import { writeFileSync } from 'node:fs';
import type { Person } from '../browser/verbs.ts';
import { entryOf, person } from './people.ts';

/** alice, once `writeWholePerson` wrote her down. */
export const wholePerson: Person = person('alice');

/** Claims by the scope that brings them, but for those that a clock sets. */
export const wholeClaims: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  profile: {
    name: 'Alice Example',
    given_name: 'Alice',
    middle_name: 'Ada',
    family_name: 'Example',
    nickname: 'Al',
    preferred_username: 'alice',
    profile: 'https://alice.example.com/about',
    picture: 'https://alice.example.com/alice.webp',
    website: 'https://alice.example.com/',
    gender: 'female',
    birthdate: '1990-02-28',
    zoneinfo: 'Europe/Paris',
    locale: 'en-GB',
  },
  email: { email: 'alice@example.com', email_verified: true },
  groups: { groups: ['dev'] },
  phone: { phone_number: '+1 555 0100;ext=12', phone_number_verified: false },
  address: {
    address: {
      street_address: '1 Long Street',
      locality: 'Springfield',
      region: 'Oregon',
      postal_code: '97477',
      country: 'US',
    },
  },
};

/** `extra`: values of attributes that the configuration declares. */
export function writeWholePerson(path: string, extra: Readonly<Record<string, unknown>> = {}): void {
  const further = {
    middle_name: 'Ada',
    nickname: 'Al',
    profile: 'https://alice.example.com/about',
    picture: 'https://alice.example.com/alice.webp',
    website: 'https://alice.example.com/',
    gender: 'female',
    birthdate: '1990-02-28',
    zoneinfo: 'Europe/Paris',
    locale: 'en-GB',
    phone_number: '+1 555 0100',
    phone_extension: '12',
    address: wholeClaims.address?.address,
    extra,
  };
  const lines = Object.entries(further).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`);
  writeFileSync(path, `users:\n${entryOf(wholePerson, { further: lines.join('') })}`, { mode: 0o600 });
}
