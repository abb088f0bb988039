/** The consent page's lines: plain words for each claim, and the value the application will see. Pure. */
import type { ConsentLine } from '../sign-in/flow.ts';

const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  given_name: 'Given name',
  family_name: 'Family name',
  middle_name: 'Middle name',
  nickname: 'Nickname',
  preferred_username: 'Username',
  profile: 'Profile page',
  picture: 'Picture',
  website: 'Website',
  gender: 'Gender',
  birthdate: 'Date of birth',
  zoneinfo: 'Time zone',
  locale: 'Language',
  email: 'Email',
  alt_emails: 'Other email addresses',
  phone_number: 'Phone',
  address: 'Address',
  groups: 'Groups',
};

/** Said by the line above them, or about the provider and not about the person. */
const unspoken: ReadonlySet<string> = new Set(['email_verified', 'phone_number_verified', 'updated_at']);

/** `names` in the order to show; claims without a value have no line. */
export function consentLines(names: Iterable<string>, claims: Readonly<Record<string, unknown>>): ConsentLine[] {
  const lines: ConsentLine[] = [];
  for (const claim of names) {
    if (unspoken.has(claim) || !Object.hasOwn(claims, claim)) continue;
    const label = Object.hasOwn(labels, claim) ? labels[claim] : undefined;
    lines.push({ claim, label: label ?? claim, value: inWords(claims[claim]) });
  }
  return lines;
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(', ');
  if (typeof value === 'object' && value !== null) return Object.values(value).map(inWords).join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}
