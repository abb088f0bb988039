/** The place of a row's menu. The menu comes after the page stands. */
import type { Whole } from '../api/to-do-changes.ts';
import { heavy } from '../kit/lazy.ts';

const rowMenu = heavy(() => import('./row-menu.tsx'));

export function RowMore({ toDo }: { toDo: Whole }) {
  const part = rowMenu.usePart();
  return part ? <part.RowMenu toDo={toDo} /> : <span className="icon-button row-more" />;
}
