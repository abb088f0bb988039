/** The trash of a project, as the API shows it. */
import type { PersonRef } from './me.ts';

/** A to-do in the trash. */
export type Trashed = {
  readonly number: number;
  readonly title: string;
  readonly deletedAt: string;
  readonly deletedBy: PersonRef;
};
export type TrashAnswer = {
  readonly trashed: readonly Trashed[];
  readonly may: { readonly restore: boolean; readonly purge: boolean };
};
