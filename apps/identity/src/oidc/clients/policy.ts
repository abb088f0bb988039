/**
 * Authorization policies: which level a client asks of a person. Rules from the top, the first that matches decides
 * (Authelia `authorization_policies`). Pure: no clock, no store.
 */
import { networkList } from '@gatehouse/web/peer.ts';
import type { AuthorizationPolicyOptions, PolicyLevel } from '../options.ts';

export type Asking = {
  readonly username: string;
  readonly groups: readonly string[];
  /** Undefined where nobody can tell where the person is: then the most favourable network counts. */
  readonly remoteAddress: string | undefined;
};

export type AuthorizationPolicy = (asking: Asking) => PolicyLevel;

const builtIn: Readonly<Record<string, PolicyLevel>> = { one_factor: 'one_factor', two_factor: 'two_factor' };

/**
 * `name` is a built-in policy or one of `policies`; `networks` are the names of `definitions.network`.
 * Throws TypeError for a name that is neither, and for a network that is no name, address or block.
 */
export function policyNamed(
  name: string,
  policies: Readonly<Record<string, AuthorizationPolicyOptions>>,
  networks: Readonly<Record<string, readonly string[]>>,
): AuthorizationPolicy {
  const fixed = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  if (fixed) return () => fixed;
  const options = Object.hasOwn(policies, name) ? policies[name] : undefined;
  if (!options) throw new TypeError(`there is no authorization policy '${name}'`);
  const rules = (options.rules ?? []).map((rule) => {
    const named = (rule.networks ?? []).flatMap((entry) =>
      Object.hasOwn(networks, entry) ? networks[entry] : [entry],
    );
    const inNetworks = networkList(named.filter((entry) => entry !== undefined));
    const subjects = rule.subject ?? [];
    const level = rule.policy ?? 'two_factor';
    return {
      level,
      matches: (asking: Asking) =>
        (subjects.length === 0 || subjects.some((all) => all.every((subject) => isSubject(subject, asking)))) &&
        (named.length === 0 ||
          (asking.remoteAddress === undefined ? level !== 'deny' : inNetworks(asking.remoteAddress))),
    };
  });
  return function levelFor(asking) {
    return rules.find((rule) => rule.matches(asking))?.level ?? options.default_policy ?? 'two_factor';
  };
}

function isSubject(subject: string, asking: Asking): boolean {
  if (subject.startsWith('user:')) return subject.slice('user:'.length) === asking.username;
  if (subject.startsWith('group:')) return asking.groups.includes(subject.slice('group:'.length));
  return false;
}
