/**
 * Questions to the LDAP servers that other servers may have to answer: a search goes on wherever parts of the tree are held,
 * a new password is set where it can be written. Without `permit_referrals` nothing is followed: a search answers with what
 * the one server has, and what is referred as a whole fails with the server's answer.
 */
import { NoSuchObjectError, ResultCodeError } from 'ldapts';
import type { Ldap } from '../../config/complete/ldap.ts';
import type { Entry } from './entries.ts';
import { mayBind } from './may-bind.ts';
import type { Place } from './place.ts';
import type { Referral } from './referral.ts';
import { type Asked, ReferralCircle, type Server } from './servers.ts';
import { writePassword } from './write-password.ts';

export type Search = Place & {
  readonly filter: string;
  readonly attributes: readonly string[];
  readonly sizeLimit: number;
};

export type Found = Entry & { readonly server: Server };

/** Of entries with one name the nearest counts. */
export async function search(asked: Asked, question: Search): Promise<Found[]> {
  const { answer, referrals } = await askHere(asked, () => entriesHere(asked, question));
  const found = [...(answer ?? [])];
  for (const referral of referrals) {
    const more = asked.follow(referral, question, (other, place) => search(other, { ...question, ...place }));
    found.push(...(await (answer ? more.catch(nothingMore) : more)));
  }
  return [...new Map(found.toReversed().map((each) => [each.dn.toLowerCase(), each])).values()].toReversed();
}

/**
 * A server that has searched and refers for more (RFC 4511 section 4.5.3) leads to no more than is found already when that is only
 * the way back, or a place that does not exist.
 */
function nothingMore(cause: unknown): [] {
  if (cause instanceof ReferralCircle || cause instanceof NoSuchObjectError) return [];
  throw cause;
}

export type NewPassword = {
  readonly implementation: Ldap['implementation'];
  readonly dn: string;
  readonly password: string;
  /** Has to be right still; absent where the mailbox was proved instead. */
  readonly current?: string | undefined;
};

/** `refused`: by their current one. */
export async function setPassword(asked: Asked, question: NewPassword): Promise<'set' | 'refused'> {
  const { implementation, dn, password, current } = question;
  const { answer, referrals } = await askHere(asked, async () => {
    if (current !== undefined) {
      if (!(await mayBind(asked, dn, current))) return 'refused';
      // FreeIPA expires a password at once that anybody but its person has set.
      if (implementation !== 'freeipa') await asked.becomeSearcher();
    }
    await writePassword(asked.client, implementation, dn, password);
    return 'set' as const;
  });
  if (answer !== undefined) return answer;
  const [referral = []] = referrals;
  return await asked.follow(referral, { base: dn, scope: 'base' }, (other, { base }) =>
    setPassword(other, { ...question, dn: base }),
  );
}

/** What this server says, and where it refers to: with no answer of its own, or for more of it. */
async function askHere<T>(
  asked: Asked,
  ask: () => Promise<T>,
): Promise<{ answer?: T; referrals: readonly Referral[] }> {
  asked.takeReferrals();
  try {
    const answer = await ask();
    return { answer, referrals: asked.takeReferrals() };
  } catch (cause) {
    const referrals = asked.takeReferrals();
    // RFC 4511 section 4.1.9.
    if (referrals.length > 0 && cause instanceof ResultCodeError && cause.code === 10) return { referrals };
    throw cause;
  }
}

async function entriesHere({ client, server }: Asked, { base, attributes, ...asks }: Search): Promise<Found[]> {
  const { searchEntries } = await client.search(base, { ...asks, attributes: [...attributes] });
  return searchEntries.map(({ dn, ...values }) => ({
    dn,
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value].flat().map(String)])),
    server,
  }));
}
