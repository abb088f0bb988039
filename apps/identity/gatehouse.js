#!/usr/bin/env node
/**
 * The door to the `gatehouse` command. Plain JavaScript and nothing but the compile cache, so that a start after the first
 * neither strips types nor compiles: it is faster by a third and smaller by some twenty megabytes.
 */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Not the shared temporary folder, where anyone could leave code for us. Where it cannot be written, nothing is kept.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/gatehouse', import.meta.url)));
await import('./src/main.ts');
