/**
 * What a view of a project shows, kept in the address of the page: filter, grouping, order, columns, and which saved view it
 * came from.
 */
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { SavedView, ViewPage } from '../../../wire/saved-view.ts';
import { type Filter, readFilter, writeFilter } from './filter.ts';
import { type Grouping, groupingsOn, usualGrouping } from './lanes.ts';
import { type Picked, readPicked, writePicked, writeShown } from './picked-view.ts';
import { type Column, readColumns, readSort, type Sort, writeSort } from './sort.ts';
import { useSavedViews } from './use-saved-views.ts';

export type ViewState = {
  readonly page: ViewPage;
  readonly picked: Picked;
  readonly filter: Filter;
  readonly grouping: Grouping;
  readonly sort: Sort;
  readonly columns: readonly Column[];
  setFilter(filter: Filter): void;
  setGrouping(grouping: Grouping): void;
  setSort(sort: Sort): void;
  setColumns(columns: readonly Column[]): void;
  /** What stands behind the question mark for a view as it was saved; for none, for everything. */
  searchOf(view: SavedView | undefined): string;
};

const noViews: readonly SavedView[] = [];

/** Changes replace the entry of the browser's history: "back" leaves the view, not the last letter of a search. */
export function useView(projectKey: string, page: ViewPage): ViewState {
  const [address, setAddress] = useSearchParams();
  const views = useSavedViews(projectKey).data ?? noViews;
  return useMemo(() => {
    const picked = readPicked(address, views, page);
    const { query, view } = picked;
    const show = (change: (next: URLSearchParams) => URLSearchParams): void =>
      setAddress(writeShown(address, change(new URLSearchParams(query)), view, views, page), { replace: true });
    const write = (name: string, value: string): void =>
      show((next) => {
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      });
    return {
      page,
      picked,
      filter: readFilter(query),
      grouping: groupingsOn(page).find((each) => each === query.get('group')) ?? usualGrouping(page),
      sort: readSort(query),
      columns: readColumns(query),
      setFilter: (filter) => show((next) => writeFilter(next, filter)),
      setGrouping: (grouping) => write('group', grouping === usualGrouping(page) ? '' : grouping),
      setSort: (sort) => write('sort', writeSort(sort)),
      setColumns: (columns) => write('columns', columns.join(',')),
      searchOf: (wanted) => writePicked(new URLSearchParams(), wanted, views, wanted?.page ?? page).toString(),
    };
  }, [address, setAddress, views, page]);
}
