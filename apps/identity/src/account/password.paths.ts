/** Where the pages of passwords stand. The mail's links are Authelia's shape in spirit, not in form: theirs hold a JWT. */
export const passwordPaths = {
  change: '/settings/password',
  begin: '/settings/password/begin',
  changed: '/settings/password/done',
  ask: '/reset-password',
  sent: '/reset-password/sent',
  set: '/reset-password/new',
  done: '/reset-password/done',
  revoke: '/revoke/reset-password',
} as const;
