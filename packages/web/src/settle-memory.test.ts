import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

const program = `
import { setTimeout as pause } from 'node:timers/promises';
import { settleMemory } from '${new URL('./settle-memory.ts', import.meta.url).href}';
let rubbish = Array.from({ length: 400_000 }, (_, index) => ({ index, text: String(index) }));
const before = process.memoryUsage().heapTotal;
rubbish = undefined;
settleMemory(10);
settleMemory(10);
await pause(200);
console.log(JSON.stringify({ before, after: process.memoryUsage().heapTotal, gc: typeof globalThis.gc }));
`;

test('the room that a start took is given back, and nobody else gets hold of the collector', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  const { before, after, gc } = JSON.parse(stdout);
  assert.ok(after < before / 2, `${before} bytes before, ${after} after`);
  assert.equal(gc, 'undefined');
});
