/** The table of what can be searched, as far as queries read it; `storage/workspace/080-search.ts` feeds it. */
export type SearchTables = {
  search_entries: {
    id: number;
    kind: 'toDo' | 'comment' | 'project' | 'milestone' | 'goal';
    subject_id: string;
    /** Of a to-do and of a comment on one. */
    to_do_id: string | null;
    project_id: string;
  };
};
