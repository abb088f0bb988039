/** The people of a users file as a whole: the rules between them, and who a typed login means. Pure. */
import type { UserEntry } from './user-entry.ts';

export type SearchOptions = {
  /** People may type their mail address. */
  readonly email: boolean;
  /** Login names count without regard to case. */
  readonly caseInsensitive: boolean;
};

export type IndexFault = {
  readonly user: UserEntry;
  readonly key: 'email' | 'name';
  readonly message: string;
  readonly cure: string;
};

/** By address first, then by lower-case name, then by exact name. */
export type UserIndex = { readonly lookUp: (login: string) => UserEntry | undefined };

export function buildUserIndex(users: readonly UserEntry[], search: SearchOptions): UserIndex {
  const byName = new Map(users.map((user) => [user.identity.username, user]));
  const byEmail = new Map(
    search.email ? users.flatMap((user) => user.identity.emails.map((email) => [fold(email), user] as const)) : [],
  );
  return {
    lookUp: (login) =>
      byEmail.get(fold(login)) ?? (search.caseInsensitive ? byName.get(fold(login)) : undefined) ?? byName.get(login),
  };
}

/** What would make a login mean two people. */
export function findIndexFaults(users: readonly UserEntry[], search: SearchOptions): readonly IndexFault[] {
  const names = new Map(users.map((user) => [fold(user.identity.username), user]));
  const emails = new Map<string, UserEntry>();
  const faults: IndexFault[] = [];
  for (const user of users) {
    const { username } = user.identity;
    const email = fold(user.identity.emails[0] ?? '');
    const sameEmail = emails.get(email);
    if (search.email && email !== '' && sameEmail)
      faults.push({
        user,
        key: 'email',
        message: `This address is also that of the person at line ${sameEmail.line}, and people may sign in with it.`,
        cure: "Give each person their own address, or turn 'authentication_backend.file.search.email' off.",
      });
    emails.set(email, sameEmail ?? user);
    const namesake = names.get(email);
    if ((search.email || search.caseInsensitive) && email !== '' && namesake && namesake !== user)
      faults.push({
        user,
        key: 'email',
        message: `This address is the login name of the person at line ${namesake.line}.`,
        cure: 'Change the address or the login name.',
      });
    if (search.caseInsensitive && username !== fold(username))
      faults.push({
        user,
        key: 'name',
        message: 'This login name has capitals, and the search pays no regard to case.',
        cure: "Write it in lower case, or turn 'authentication_backend.file.search.case_insensitive' off.",
      });
  }
  return faults;
}

function fold(text: string): string {
  return text.toLowerCase();
}
