/** The tables of saved views as the database keeps them. */
import type { ViewPage } from '../../wire/saved-view.ts';

export type SavedViewTables = {
  saved_views: {
    id: string;
    project_id: string;
    owner_id: string;
    name: string;
    page: ViewPage;
    /** As in an address. */
    query: string;
    is_shared: 0 | 1;
    version: number;
    creation_key: string;
    created_at: number;
    updated_at: number;
  };
  /** What a page of a project begins with, for each person who said so. */
  opening_views: {
    project_id: string;
    person_id: string;
    page: ViewPage;
    view_id: string;
  };
};
