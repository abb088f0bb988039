/**
 * Which keys hold secrets. Their values never stand in a message, and they may come from a file named by a `_FILE`
 * variable. Decided by the last word of the key's name, as Authelia does.
 */

const secretWords = ['key', 'secret', 'password', 'token', 'certificate_chain'];

/** `name` is the last part of a dotted key or the name of an environment variable, in any case. */
export function isSecretName(name: string): boolean {
  const lower = name.toLowerCase();
  return secretWords.some((word) => lower === word || lower.endsWith(`_${word}`));
}

/** Anywhere on the way: whatever stands below a secret key is secret too. Private for mail addresses as well. */
export function isPrivatePath(path: readonly PropertyKey[]): boolean {
  return path.some((part) => typeof part === 'string' && (isSecretName(part) || privateNames.includes(part)));
}

const privateNames = ['sender', 'startup_check_address'];
