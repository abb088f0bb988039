/** `LEAN_OIDC_PROJECT_ASSIGNMENT`: which group of the provider lets its people into which projects, and as what. */
import * as z from 'zod';
import { projectKey } from '../../wire/project.ts';
import { type ProjectRole, projectRoles } from '../../wire/roles.ts';
import type { Variables } from './variables.ts';

export type ProjectAssignment = readonly {
  readonly group: string;
  readonly project: string;
  /** Null: the role they have everywhere. */
  readonly role: ProjectRole | null;
}[];

const variable = 'LEAN_OIDC_PROJECT_ASSIGNMENT';
const right = 'JSON such as {"kitchen":{"project":"WEB","role":20},"guests":[{"project":"WEB","role":5}]}';
const one = z.strictObject({ project: projectKey, role: z.literal([...projectRoles]).optional() });
const shape = z.record(z.string().min(1), z.union([one, z.array(one)]));

export function parseProjectAssignment(variables: Variables): ProjectAssignment {
  const text = variables.text(variable, '');
  if (text === '') return [];
  const parsed = shape.safeParse(parseJson(text));
  if (!parsed.success) {
    variables.refuse(
      variable,
      'it is not JSON of groups, each with a project by its key and a role of 5, 10, 20 or 30, or none',
      right,
    );
    return [];
  }
  return Object.entries(parsed.data).flatMap(([group, given]) =>
    [given].flat().map(({ project, role = null }) => ({ group, project, role })),
  );
}

/** What all of somebody's groups give together: in each project the highest role that one of them names. */
export function projectsOf(
  assignment: ProjectAssignment,
  groups: readonly string[],
): { readonly project: string; readonly role: ProjectRole | null }[] {
  const given = new Map<string, ProjectRole | null>();
  for (const { group, project, role } of assignment) {
    if (!groups.includes(group)) continue;
    const before = given.get(project) ?? null;
    given.set(project, before === null || (role !== null && role > before) ? role : before);
  }
  return [...given].map(([project, role]) => ({ project, role }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
