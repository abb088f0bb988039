/**
 * Runs before the tests: gets the Debian packages that are missing when it may (root, apt-get there, GATEHOUSE_INSTALL not
 * `no`), fails in CI when one is still missing, and otherwise says what will be skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { missingPackages } from './packages.ts';

const missing = missingPackages();
if (missing.length > 0 && mayInstall()) install(missing);
const stillMissing = missingPackages();
if (stillMissing.length > 0) report(stillMissing);

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && process.env.GATEHOUSE_INSTALL !== 'no';
}

function install(names: readonly string[]): void {
  console.log(`Installing the Debian packages that the tests start servers from: ${names.join(' ')}`);
  // Debian starts a server as it is installed, unless this file says no (invoke-rc.d, policy-rc.d(8)).
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    aptGet('update');
    aptGet('install', '--yes', '--no-install-recommends', ...names);
  } finally {
    if (ours) rmSync(policy);
  }
}

function aptGet(...args: readonly string[]): void {
  spawnSync('apt-get', ['--quiet', ...args], {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function report(names: readonly string[]): void {
  const command = `apt-get install ${names.join(' ')}`;
  if (process.env.CI) {
    console.error(`These Debian packages are missing, and in CI no test may be skipped. Install them: ${command}`);
    process.exit(1);
  }
  const line = '='.repeat(100);
  console.warn(`${line}\nSKIPPED: every test that needs ${names.join(', ')}.\nTo run them: ${command}\n${line}`);
}
