/** Files of projects and of their to-dos, as the API shows and takes them. */
import type { PersonRef } from './me.ts';

export type StoredFile = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** An image that browsers show safely, told by its content; null for everything else, which is only downloaded. */
  readonly imageType: SafeImageType | null;
  /** Where it hangs; null for a file of the project itself. */
  readonly toDo: { readonly number: number; readonly title: string } | null;
  readonly by: PersonRef;
  readonly createdAt: string;
  readonly may: { readonly remove: boolean };
};

export const safeImageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type SafeImageType = (typeof safeImageTypes)[number];

export type FileLimits = { readonly fileBytesMax: number; readonly projectBytesMax: number };
export type FilesAnswer = {
  readonly files: readonly StoredFile[];
  /** Of all of them, also where the list is cut. */
  readonly bytes: number;
  readonly limits: FileLimits;
  readonly may: { readonly add: boolean };
};
export type FileAnswer = { readonly file: StoredFile };

export const filesOfToDoMax = 100;
/** Of the project itself, beside those of its to-dos. */
export const filesOfProjectMax = 500;
/** With so many bytes of files the file of a project surely comes in again, where it is in memory as a whole. */
export const takenBytesMax = 24_000_000;
/** Carries the name of an upload, percent-encoded; the body is the file itself. */
export const fileNameHeader = 'x-file-name';
/** Carries the creation key of an upload. */
export const creationKeyHeader = 'x-creation-key';
