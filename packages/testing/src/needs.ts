/** What a test says about the packages it needs: `test('…', { skip: needs('postgresql') }, …)`. */
import { type DebianPackage, isInstalled } from './packages.ts';

/**
 * The reason to skip, or false when everything is there. In CI always false: there a missing server is a failure, never a
 * silence.
 */
export function needs(...packages: readonly DebianPackage[]): string | false {
  if (process.env.CI) return false;
  const missing = packages.filter((name) => !isInstalled(name));
  return missing.length > 0 && `needs the Debian package ${missing.join(', ')}`;
}
