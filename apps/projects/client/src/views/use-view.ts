/** What a view of a project shows, kept in the address of the page: filter, grouping, order, columns. */
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type Filter, readFilter, writeFilter } from './filter.ts';
import { type Grouping, groupings } from './lanes.ts';
import { type Column, readColumns, readSort, type Sort, writeSort } from './sort.ts';

export type ViewState = {
  readonly filter: Filter;
  readonly grouping: Grouping;
  readonly sort: Sort;
  readonly columns: readonly Column[];
  setFilter(filter: Filter): void;
  setGrouping(grouping: Grouping): void;
  setSort(sort: Sort): void;
  setColumns(columns: readonly Column[]): void;
};

/** Changes replace the entry of the browser's history: "back" leaves the view, not the last letter of a search. */
export function useView(): ViewState {
  const [query, setQuery] = useSearchParams();
  return useMemo(() => {
    const write = (name: string, value: string): void =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      );
    return {
      filter: readFilter(query),
      grouping: groupings.find((each) => each === query.get('group')) ?? 'none',
      sort: readSort(query),
      columns: readColumns(query),
      setFilter: (filter) => setQuery((before) => writeFilter(before, filter), { replace: true }),
      setGrouping: (grouping) => write('group', grouping === 'none' ? '' : grouping),
      setSort: (sort) => write('sort', writeSort(sort)),
      setColumns: (columns) => write('columns', columns.join(',')),
    };
  }, [query, setQuery]);
}
