/**
 * Which rule of `access_control` holds for a request: rules from the first to the last, each with how it fits part by part,
 * then the policy of the first that fits. A table, pure: it knows no proxy, no session and no answer.
 */
import { networkList } from '@gatehouse/web/peer.ts';
import type { AccessControl } from '../config/configuration.ts';
import { parsePattern } from '../config/values/regex.ts';

export type AccessRequest = {
  readonly url: URL;
  /** In capitals. */
  readonly method: string;
  /** Undefined: not known, and in no network. */
  readonly address: string | undefined;
};

/** Undefined: nobody has signed in yet. */
export type AccessSubject = { readonly username: string; readonly groups: readonly string[] } | undefined;

/** `may`: it depends on who signs in. */
export type Fit = 'hit' | 'may' | 'miss';
export const parts = ['domain', 'resources', 'methods', 'networks', 'subject', 'query'] as const;
export type Part = (typeof parts)[number];
export type Policy = AccessControl['default_policy'];

export type CheckedRule = {
  /** From 1, as they stand in the file. */
  readonly position: number;
  readonly policy: Policy;
  readonly fits: Readonly<Record<Part, Fit>>;
  /** The least of its parts. */
  readonly fit: Fit;
};

export type Decision = {
  readonly rules: readonly CheckedRule[];
  /** The first rule that fits in every part, whoever asks; undefined: the default policy holds. */
  readonly matched: CheckedRule | undefined;
  /** The first rule that fits if the right person signs in, where it stands before `matched`. */
  readonly potential: CheckedRule | undefined;
  /** Of `matched`, or the default. */
  readonly policy: Policy;
};

type Rule = AccessControl['rules'][number];
type Pattern = Rule['resources'][number];

export function decideAccess(control: AccessControl, request: AccessRequest, subject: AccessSubject): Decision {
  const rules = control.rules.map((rule, index) => checkRule(rule, index + 1, request, subject));
  const matched = rules.find(({ fit }) => fit === 'hit');
  const first = rules.find(({ fit }) => fit !== 'miss');
  return {
    rules,
    matched,
    potential: first?.fit === 'may' ? first : undefined,
    policy: matched?.policy ?? control.default_policy,
  };
}

function checkRule(rule: Rule, position: number, request: AccessRequest, subject: AccessSubject): CheckedRule {
  const { url, method, address } = request;
  const target = `${url.pathname.replace(/\/{2,}/g, '/')}${url.search}`;
  const fits: Record<Part, Fit> = {
    domain: best([
      ...rule.domain.map((domain) => fitDomain(domain, url.hostname, subject)),
      ...rule.domain_regex.map((pattern) => fitPattern(pattern, url.hostname, subject)),
    ]),
    resources: orAnything(rule.resources, (pattern) => fitPattern(pattern, target, subject)),
    methods: orAnything(rule.methods, (each) => hitIf(each === method)),
    networks: orAnything(rule.networks, (network) => hitIf(address !== undefined && networkList([network])(address))),
    subject: orAnything(rule.subject, (all) => fitSubjects(all, subject)),
    query: orAnything(rule.query, (all) => hitIf(all.every((query) => fitsQuery(query, url.searchParams)))),
  };
  const fit = worst(Object.values(fits));
  return { position, policy: rule.policy ?? 'deny', fits, fit };
}

const hitIf = (fits: boolean): Fit => (fits ? 'hit' : 'miss');
const best = (fits: readonly Fit[]): Fit => (fits.includes('hit') ? 'hit' : fits.includes('may') ? 'may' : 'miss');
const worst = (fits: readonly Fit[]): Fit => (fits.includes('miss') ? 'miss' : fits.includes('may') ? 'may' : 'hit');

/** What a rule does not state fits everything. */
function orAnything<T>(entries: readonly T[], fit: (entry: T) => Fit): Fit {
  return entries.length === 0 ? 'hit' : best(entries.map(fit));
}

function fitDomain(domain: string, host: string, subject: AccessSubject): Fit {
  const written = domain.toLowerCase();
  if (written.startsWith('*.')) return hitIf(host.endsWith(written.slice(1)) && host.length > written.length - 1);
  const [, kind, rest = ''] = /^\{(user|group)\}(\..+)$/.exec(written) ?? [];
  if (kind === undefined) return hitIf(written === host);
  if (!host.endsWith(rest)) return 'miss';
  if (!subject) return 'may';
  const label = host.slice(0, -rest.length);
  return hitIf(
    kind === 'user' ? label === subject.username : subject.groups.some((group) => group.toLowerCase() === label),
  );
}

function fitPattern({ expression, groups }: Pattern, text: string, subject: AccessSubject): Fit {
  const matcher = expression.matcher(text);
  if (!matcher.find()) return 'miss';
  const named = (name: string): string | undefined =>
    groups.includes(name) ? (matcher.group(name) ?? undefined)?.toLowerCase() : undefined;
  const [user, group] = [named('User'), named('Group')];
  if (user === undefined && group === undefined) return 'hit';
  if (!subject) return 'may';
  return hitIf(
    (user === undefined || user === subject.username.toLowerCase()) &&
      (group === undefined || subject.groups.some((each) => each.toLowerCase() === group)),
  );
}

function fitSubjects(all: readonly string[], subject: AccessSubject): Fit {
  if (!subject) return all.some((each) => each.startsWith('oauth2:client:')) ? 'miss' : 'may';
  return hitIf(
    all.every(
      (each) => each === `user:${subject.username}` || subject.groups.some((group) => each === `group:${group}`),
    ),
  );
}

function fitsQuery({ key, operator, value }: Rule['query'][number][number], params: URLSearchParams): boolean {
  const found = params.get(key);
  switch (operator ?? (value === undefined ? 'present' : 'equal')) {
    case 'present':
      return found !== null;
    case 'absent':
      return found === null;
    case 'equal':
      return found === value;
    case 'not equal':
      return found !== value;
    case 'pattern':
      return found !== null && fitsText(value, found);
    case 'not pattern':
      return found === null || !fitsText(value, found);
  }
}

function fitsText(pattern: string | undefined, text: string): boolean {
  const parsed = parsePattern(pattern ?? '');
  return parsed.kind === 'value' && parsed.value.expression.matcher(text).find();
}
