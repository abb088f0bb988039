#!/usr/bin/env node
/**
 * The door to the `projects` command. Plain JavaScript and nothing but the compile cache, so that a start after the first
 * neither strips types nor compiles: it is faster and smaller.
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Not the shared temporary folder, where anyone could leave code for us. Where it cannot be written, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/projects', import.meta.url)));
await import('./server/main.ts');
