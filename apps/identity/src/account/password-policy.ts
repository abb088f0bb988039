/**
 * What a new password has to be (Authelia `password_policy`): counted characters, or an estimate of how soon it would be
 * guessed. It knows no pages and no directories; what a directory demands beside it, that directory says itself.
 */
import type { Say } from '@gatehouse/words/say.ts';
import type { Configuration } from '../config/configuration.ts';
import { wordsIn } from './password.words.ts';

export type PasswordPolicy = {
  /** What a page tells beforehand; empty when nothing is asked. */
  rules(say: Say): readonly string[];
  /** The first rule that this password breaks, as a sentence, or undefined. */
  fault(say: Say, password: string, about: PasswordOwner): Promise<string | undefined>;
};

/** What a password should not be made of. */
export type PasswordOwner = {
  readonly username: string;
  readonly displayName: string;
  readonly emails: readonly string[];
};

type Settings = Configuration['password_policy'];

/** Longer ones are refused at sign-in, too. */
export const passwordCharactersMax = 1024;

export function openPasswordPolicy({ standard, zxcvbn }: Settings): PasswordPolicy {
  const checks: readonly Check[] = standard.enabled ? standardChecks(standard) : [];
  return {
    rules: (say) => [
      ...checks.map(({ rule }) => rule(wordsIn(say).policy)),
      ...(zxcvbn.enabled ? [wordsIn(say).policy.hardToGuess] : []),
    ],
    async fault(say, password, about) {
      const words = wordsIn(say).policy;
      if (password.trim() === '') return words.blank;
      if ([...password].length > passwordCharactersMax) return words.tooLong(passwordCharactersMax);
      const broken = checks.find(({ holds }) => !holds(password));
      if (broken) return words.broken(broken.rule(words));
      if (!zxcvbn.enabled) return undefined;
      return (await scoreOf(password, about)) < zxcvbn.min_score ? words.guessable : undefined;
    },
  };
}

type PolicyWords = ReturnType<typeof wordsIn>['policy'];
type Check = { readonly rule: (words: PolicyWords) => string; readonly holds: (password: string) => boolean };

function standardChecks(standard: Settings['standard']): Check[] {
  const length = (password: string): number => [...password].length;
  const { min_length: min, max_length: max } = standard;
  return [
    { rule: (words) => words.atLeast(min), holds: (password) => length(password) >= min },
    ...(max > 0
      ? [{ rule: (words: PolicyWords) => words.atMost(max), holds: (password: string) => length(password) <= max }]
      : []),
    ...(standard.require_uppercase
      ? [{ rule: (words: PolicyWords) => words.uppercase, holds: having(/\p{Lu}/u) }]
      : []),
    ...(standard.require_lowercase
      ? [{ rule: (words: PolicyWords) => words.lowercase, holds: having(/\p{Ll}/u) }]
      : []),
    ...(standard.require_number ? [{ rule: (words: PolicyWords) => words.number, holds: having(/\p{Nd}/u) }] : []),
    ...(standard.require_special
      ? [{ rule: (words: PolicyWords) => words.special, holds: having(/[^\p{L}\p{Nd}]/u) }]
      : []),
  ];
}

function having(pattern: RegExp): (password: string) => boolean {
  return (password) => pattern.test(password);
}

/** The estimate takes longer with the length, and past this many characters it no longer changes. */
const estimatedCharactersMax = 128;

let estimator: Promise<(password: string, inputs: string[]) => number> | undefined;

async function scoreOf(password: string, { username, displayName, emails }: PasswordOwner): Promise<number> {
  estimator ??= loadEstimator();
  const inputs = [username, ...displayName.split(/\s+/), ...emails.flatMap((email) => [email, ...email.split(/[@.]/)])];
  return (await estimator)(
    password.slice(0, estimatedCharactersMax),
    inputs.filter((each) => each.length > 2),
  );
}

/** Its dictionaries are megabytes, so they are read only where the policy asks for them. */
async function loadEstimator(): Promise<(password: string, inputs: string[]) => number> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  });
  return (password, inputs) => zxcvbn.check(password, inputs).score;
}
