/** `LEAN_OIDC_GROUP_ASSIGNMENT`: which group of the provider gives which role, in the shape of Leantime's LDAP variable. */
import * as z from 'zod';
import { type RoleNumber, roles } from '../../wire/roles.ts';
import type { Variables } from './variables.ts';

export type GroupAssignment = readonly { readonly role: RoleNumber; readonly group: string }[];

const variable = 'LEAN_OIDC_GROUP_ASSIGNMENT';
const right = 'JSON such as {"20":{"ltRole":"editor","oidcGroup":"pm-editors"}}';
const shape = z.record(z.string(), z.strictObject({ ltRole: z.string().optional(), oidcGroup: z.string().min(1) }));

export function parseGroupAssignment(variables: Variables): GroupAssignment {
  const text = variables.text(variable, '');
  if (text === '') return [];
  const parsed = shape.safeParse(parseJson(text));
  if (!parsed.success) {
    variables.refuse(variable, 'it is not JSON of the expected shape', right);
    return [];
  }
  return Object.entries(parsed.data).flatMap(([number, { ltRole, oidcGroup }]) => {
    const known = Object.entries(roles).find(([, role]) => String(role) === number);
    if (!known) {
      variables.refuse(variable, `'${number}' is not a role`, '5, 10, 20, 30, 40 or 50');
      return [];
    }
    if (ltRole !== undefined && ltRole !== known[0])
      variables.refuse(
        variable,
        `role ${number} is '${known[0]}' and not '${ltRole}'`,
        `"ltRole":"${known[0]}", or leave it out`,
      );
    return [{ role: known[1], group: oidcGroup }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
