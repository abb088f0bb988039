/** Lasting access: refresh tokens that work while the person is away. Authelia knows it by two scopes. Pure. */

export const lastingScopes = ['offline_access', 'offline'] as const;

export function asksForLastingAccess(scopes: ReadonlySet<string>): boolean {
  return lastingScopes.some((scope) => scopes.has(scope));
}
