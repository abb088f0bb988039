/** Companies, as the API shows and takes them. A company groups people and projects; none is needed. */
import { marked } from '@gatehouse/words/say.ts';
import { z } from 'zod';
import { creationKey, lengths, oneLine, prose, version } from './fields.ts';

export type ClientRef = { readonly id: string; readonly name: string };

export type Client = ClientRef & {
  readonly note: string;
  readonly version: number;
  readonly people: number;
  readonly projects: number;
};

export type ClientsAnswer = { readonly clients: readonly Client[] };
export type ClientAnswer = { readonly client: Client };
export type ClientRefsAnswer = { readonly clientRefs: readonly ClientRef[] };

const note = prose(2000);

export const createClientRequest = z.strictObject({ creationKey, name: oneLine(lengths.name), note: note.optional() });
export type CreateClientRequest = z.infer<typeof createClientRequest>;

export const editClientRequest = z
  .strictObject({ version, name: oneLine(lengths.name).optional(), note: note.optional() })
  .refine((body) => Object.keys(body).length > 1, marked('Say at least one thing to change.'));
export type EditClientRequest = z.infer<typeof editClientRequest>;

export const removeClientRequest = z.strictObject({ version });
