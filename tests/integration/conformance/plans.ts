/** Which modules each plan runs for which response type, with statically registered clients. */
import { after, before, describe, test } from 'node:test';
import type { Module } from './module-steps.ts';
import { type ModuleName, modules } from './modules.ts';
import { Run, type Variant } from './run.ts';
import { openSuite, type Suite } from './suite.ts';

const everywhere: readonly ModuleName[] = [
  'oidcc-server',
  'oidcc-scope-profile',
  'oidcc-scope-email',
  'oidcc-scope-address',
  'oidcc-scope-phone',
  'oidcc-scope-all',
  'oidcc-display-page',
  'oidcc-display-popup',
  'oidcc-prompt-login',
  'oidcc-prompt-none-not-logged-in',
  'oidcc-prompt-none-logged-in',
  'oidcc-max-age-1',
  'oidcc-max-age-10000',
  'oidcc-ensure-request-with-unknown-parameter-succeeds',
  'oidcc-id-token-hint',
  'oidcc-login-hint',
  'oidcc-ui-locales',
  'oidcc-claims-locales',
  'oidcc-ensure-request-with-acr-values-succeeds',
  'oidcc-ensure-registered-redirect-uri',
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported',
  'oidcc-claims-essential',
  'oidcc-ensure-request-object-with-redirect-uri',
];
const userinfo: readonly ModuleName[] = [
  'oidcc-userinfo-get',
  'oidcc-userinfo-post-header',
  'oidcc-userinfo-post-body',
];
const withCode: readonly ModuleName[] = [
  ...userinfo,
  'oidcc-codereuse',
  'oidcc-codereuse-30seconds',
  'oidcc-server-client-secret-post',
  'oidcc-refresh-token',
];
/** Run for one response type of a plan: the others would show nothing more. */
const once: readonly ModuleName[] = ['oidcc-response-type-missing'];
const mayLackNonce: ModuleName = 'oidcc-ensure-request-without-nonce-succeeds-for-code-flow';
const needsNonce: ModuleName = 'oidcc-ensure-request-without-nonce-fails';
const alternate: ModuleName = 'oidcc-alternate-happy-flow';
const pkce: ModuleName = 'oidcc-ensure-request-with-valid-pkce-succeeds';

type Plan = readonly (readonly [responseType: string, modules: readonly ModuleName[]])[];

export const plans = {
  basic: [
    [
      'code',
      [...everywhere, ...withCode, ...once, mayLackNonce, alternate, pkce, 'oidcc-ensure-post-request-succeeds'],
    ],
  ],
  implicit: [
    ['id_token', [...everywhere, needsNonce, alternate]],
    ['id_token token', [...everywhere, needsNonce, alternate, ...userinfo, ...once]],
  ],
  hybrid: [
    ['code id_token', [...everywhere, ...withCode, ...once, needsNonce, alternate, pkce]],
    ['code token', [...everywhere, ...withCode, mayLackNonce]],
    ['code id_token token', [...everywhere, ...withCode, needsNonce]],
  ],
} satisfies Record<string, Plan>;

/** Every module is a test of its own name; each has a cookie jar of its own. */
export function runPlan(name: keyof typeof plans, formPost: boolean): void {
  for (const [responseType, names] of plans[name])
    describe(`${formPost ? 'formpost-' : ''}${name}, response type ${responseType}`, () => {
      let suite: Suite;
      const variant: Variant = { responseType, formPost };
      before(async () => {
        suite = await openSuite();
      });
      after(() => suite[Symbol.asyncDispose]());
      for (const each of names) {
        const module: Module = modules[each];
        test(`${each}: ${module.fact}`, async () => {
          await module.run(new Run(suite, variant));
        });
      }
    });
}
