/**
 * Public names that lead to loopback, for this test alone: one list, told to Chromium as a resolver rule and to Node as an
 * environment variable. No file of the machine changes.
 */
import { fileURLToPath } from 'node:url';

/** `auth.example.com:443` → port on 127.0.0.1. */
export type LoopbackNames = Readonly<Record<string, number>>;

/** Value of Chromium's `--host-resolver-rules`. What is not mapped is not found: a test never leaves the machine. */
export function resolverRules(names: LoopbackNames): string {
  const mapped = Object.entries(names).map(([name, port]) => `MAP ${name} 127.0.0.1:${port}`);
  return [...mapped, 'MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE *.localhost', 'EXCLUDE 127.0.0.1'].join(', ');
}

/** For a Node process: `fetch`, `node:http` and `node:https` reach the names, and TLS still checks them against `caPath`. */
export function loopbackEnvironment(names: LoopbackNames, caPath?: string): Record<string, string> {
  const preload = fileURLToPath(new URL('./loopback-names.ts', import.meta.url));
  return {
    NODE_OPTIONS: `--import=${preload}`,
    LOOPBACK_NAMES: Object.entries(names)
      .map(([name, port]) => `${name}=127.0.0.1:${port}`)
      .join(','),
    ...(caPath !== undefined && { NODE_EXTRA_CA_CERTS: caPath }),
  };
}
