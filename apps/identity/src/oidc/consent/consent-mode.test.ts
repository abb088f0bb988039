import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consentLifetimeSeconds, consentModeOf, decideConsent } from './consent-mode.ts';

const request = (prompt = '', scope = 'openid') => ({
  prompts: new Set(prompt.split(' ')),
  scopes: new Set(scope.split(' ')),
});

test('auto means pre-configured with a duration and explicit without', () => {
  assert.equal(consentModeOf({}), 'explicit');
  assert.equal(consentModeOf({ consent_mode: 'auto', pre_configured_consent_duration: 60 }), 'pre-configured');
  assert.equal(consentModeOf({ consent_mode: 'implicit', pre_configured_consent_duration: 60 }), 'implicit');
});

test('a remembered answer holds for a week unless the configuration says how long', () => {
  assert.equal(consentLifetimeSeconds({}), 604_800);
  assert.equal(consentLifetimeSeconds({ pre_configured_consent_duration: 60 }), 60);
});

test('each mode decides, and prompt=consent or prompt=login asks in every mode', () => {
  assert.equal(decideConsent('explicit', request()), 'ask');
  assert.equal(decideConsent('implicit', request()), 'implicit');
  assert.equal(decideConsent('pre-configured', request()), 'remembered');
  for (const mode of ['explicit', 'implicit', 'pre-configured'] as const)
    for (const prompt of ['consent', 'login']) assert.equal(decideConsent(mode, request(prompt)), 'ask');
});

test('lasting access is asked for each time, but never in implicit mode, where it is not granted', () => {
  assert.equal(decideConsent('pre-configured', request('', 'openid offline_access')), 'ask');
  assert.equal(decideConsent('implicit', request('', 'openid offline_access')), 'implicit');
});
