/**
 * What an access token may be used for. A token narrows its person and never widens them: it may do what both the person
 * and one of its scopes allow. Which action takes which scope is decided in `server/projects/policy-actions.ts`.
 */

export const scopes = ['read', 'write', 'manage', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export const scopeNotes: Readonly<Record<Scope, string>> = {
  read: 'See projects and what is in them',
  write: 'Change to-dos, comments, files, milestones, sprints and goals',
  manage: 'Make projects; change their settings, members and webhooks',
  admin: 'Change people, companies and the workspace itself',
};
