/**
 * Which saved view an address shows, and the address of a view. A link to a shared view names it and follows it; a view of
 * one's own, and one that was changed since it was picked, is spelled out, so that the address shows the same to everybody.
 * An address that says nothing shows what its page begins with. Pure.
 */
import { type SavedView, type ViewPage, viewParameters, viewQueryOf } from '../../../wire/saved-view.ts';

/** Names the view that is shown as it was saved. */
const viewParameter = 'view';
/** Names the view that was picked, beside what is shown now. */
const fromParameter = 'from';
/** In place of a view: everything, also where the page begins with a view. */
const everything = 'all';

export type Picked = {
  /** What is shown. */
  readonly query: URLSearchParams;
  readonly view: SavedView | undefined;
  readonly isChanged: boolean;
  /** The address names a view that is gone, or somebody else's own. */
  readonly isMissing: boolean;
};

const opening = (views: readonly SavedView[], page: ViewPage): SavedView | undefined =>
  views.find((view) => view.opens && view.page === page);

export function readPicked(address: URLSearchParams, views: readonly SavedView[], page: ViewPage): Picked {
  const asSaved = (view: SavedView | undefined, isMissing = false): Picked => ({
    query: new URLSearchParams(view?.query),
    view,
    isChanged: false,
    isMissing,
  });
  const named = address.get(viewParameter);
  if (named === everything) return asSaved(undefined);
  if (named !== null) {
    const view = views.find(({ id }) => id === named);
    return asSaved(view, view === undefined);
  }
  const spelled = viewQueryOf(address);
  const from = address.get(fromParameter);
  if (spelled === '' && from === null) return asSaved(opening(views, page));
  const view = views.find(({ id }) => id === from);
  return { query: address, view, isChanged: view !== undefined && view.query !== spelled, isMissing: false };
}

/** The address that shows `query`, come from `view`. What stands in the address beside a view stays. */
export function writeShown(
  address: URLSearchParams,
  query: URLSearchParams,
  view: SavedView | undefined,
  views: readonly SavedView[],
  page: ViewPage,
): URLSearchParams {
  const next = besideView(address);
  if (view) next.set(fromParameter, view.id);
  for (const [name, value] of new URLSearchParams(viewQueryOf(query))) next.set(name, value);
  if (!view && viewQueryOf(query) === '' && opening(views, page)) next.set(viewParameter, everything);
  return next;
}

/** The address of a view as it was saved; of none, of everything. */
export function writePicked(
  address: URLSearchParams,
  view: SavedView | undefined,
  views: readonly SavedView[],
  page: ViewPage,
): URLSearchParams {
  if (!view?.isShared) return writeShown(address, new URLSearchParams(view?.query), view, views, page);
  const next = besideView(address);
  next.set(viewParameter, view.id);
  return next;
}

function besideView(address: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(address);
  for (const name of [viewParameter, fromParameter, ...viewParameters]) next.delete(name);
  return next;
}
