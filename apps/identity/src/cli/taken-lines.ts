/** How a command tells what became of things that came from elsewhere: a count, and each that was skipped with its reason. */
import type { Unusable } from '../moving/authelia-data.ts';
import type { Tally } from '../moving/take-over.ts';

export function takenLines(title: string, { taken, same, skipped }: Tally, dryRun = false): string[] {
  const counts = [`${taken} ${dryRun ? 'to take' : 'taken'}`, `${same} there already`, `${skipped.length} skipped`];
  return [`${title}: ${counts.join(', ')}`, ...skipped.map(skippedLine)];
}

function skippedLine({ of, why }: Unusable): string {
  return `  ${of === '' ? 'one' : `that of '${of}'`} ${why}`;
}
