import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configurationJsonSchema } from './json-schema.ts';

test('editors are told sections, keys and words, and that nothing else may stand there', () => {
  const schema = JSON.parse(JSON.stringify(configurationJsonSchema()));
  assert.equal(schema.additionalProperties, false);
  assert.deepEqual(schema.properties.theme.examples, ['light', 'dark', 'grey', 'oled', 'auto']);
  assert.equal(
    schema.properties.identity_providers.properties.oidc.properties.clients.items.additionalProperties,
    false,
  );
  assert.equal(schema.required, undefined);
});
