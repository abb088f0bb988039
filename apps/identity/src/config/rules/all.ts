/** Every rule there is, a section a file. */
import { checkAccessControl } from './access-control.ts';
import { checkAuthenticationBackend } from './authentication-backend.ts';
import type { Rule } from './context.ts';
import { checkDefinitions } from './definitions.ts';
import { checkFactors } from './factors.ts';
import { checkGeneral } from './general.ts';
import { checkNotifier } from './notifier.ts';
import { checkOidc } from './oidc.ts';
import { checkPolicies } from './policies.ts';
import { checkServer } from './server.ts';
import { checkSession } from './session.ts';
import { checkStorage } from './storage.ts';

export const allRules: readonly Rule[] = [
  checkGeneral,
  checkServer,
  checkFactors,
  checkAuthenticationBackend,
  checkPolicies,
  checkDefinitions,
  checkAccessControl,
  checkSession,
  checkStorage,
  checkNotifier,
  checkOidc,
];
