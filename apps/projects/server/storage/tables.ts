/** What `openDatabase` answers for this application. The tables themselves are described in the rooms that own them. */
import type { Database } from '@gatehouse/storage/database.ts';
import type { Tables } from '../api/workspace.ts';

export type ProjectsDatabase = Database<Tables>;
