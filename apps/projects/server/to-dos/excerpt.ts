/** Of what somebody wrote and wrote anew, so much as shows what is different. Pure. */
import { beginningOf } from '../../wire/beginning.ts';

const excerptMax = 300;
/** As many signs before the first that differs tell where one is. */
const leadMax = 60;

export type Change<Text extends string | null = string | null> = { readonly from: Text; readonly to: Text };

/** Each at most 300 signs long, and more than the beginning of it where the difference stands further down. */
export function excerptsOf({ from, to }: Change): Change {
  const start = startOf(from ?? '', to ?? '');
  const excerpt = (text: string | null): string | null => text && cut(text, start);
  return { from: excerpt(from), to: excerpt(to) };
}

/** Where the first word begins that is worth reading. */
function startOf(from: string, to: string): number {
  if (from.length <= excerptMax && to.length <= excerptMax) return 0;
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  if (same <= leadMax || from === to) return 0;
  const word = from.slice(same - leadMax, same).search(/\s\S/);
  return same - leadMax + word + 1;
}

function cut(text: string, start: number): string {
  const rest = text.slice(start).replace(/^[\uDC00-\uDFFF]/, '');
  const shown = rest.length <= excerptMax ? rest : `${beginningOf(rest, excerptMax)}…`;
  return start === 0 ? shown : `…${shown}`;
}
