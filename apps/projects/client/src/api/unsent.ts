/**
 * Keeps the changes that were not sent yet beyond this page, in the storage of the browser, and sends those that a page left
 * behind when it was closed or loaded anew: in their order, each done once however often it is sent (`queued.ts`).
 *
 * Each page keeps its own under a name of its own and holds a lock of that name while it lives, so that no page takes what
 * another one is about to send. What is kept names the person: somebody else who signs in here sends none of it.
 */
import type { Mutation, QueryClient } from '@tanstack/react-query';
import { showProblem, showRefused } from '../kit/toast.tsx';
import { isOtherPerson, mayWorkLater, newCreationKey } from './client.ts';
import { hold, ifFree } from './held.ts';
import { beginnings, keepText, namesKept, whenSignedOut } from './kept.ts';
import { type Create, optionsOf, type QueuedKind, queuedKey, queuedKinds, restated } from './queued.ts';

type Kept = { readonly kind: QueuedKind; readonly variables: unknown };

/** More than anybody does on one journey. What is beyond it the page alone holds, and asks before it is closed. */
const keptMax = 500;
const againMaxMs = 30_000;

let isKeeping = false;
let isAllKept = true;

/** Whether everything that waits would survive the end of this page. */
export function everythingIsKept(): boolean {
  return isAllKept;
}

/** From now on, for as long as the page lives. A second call changes nothing. */
export function keepUnsent(cache: QueryClient, personId: string): void {
  if (isKeeping) return;
  isKeeping = true;
  const ofPerson = `${beginnings.unsent}${personId}:`;
  const name = `${ofPerson}${newCreationKey()}`;
  const mutations = cache.getMutationCache();
  const save = (): void => {
    isAllKept = keep(name, mutations.findAll({ status: 'pending' }));
  };
  mutations.subscribe((event) => {
    if (event.type === 'added' || event.type === 'updated') save();
    if (event.type === 'updated' && event.action.type === 'failed') tellOnce(event.action);
  });
  whenSignedOut(save);
  void hold(name).isHeld.then(() => sendLeftBehind(cache, ofPerson, name, save));
}

/** The first time that a change has to wait for its own person. */
function tellOnce({ failureCount, error }: { readonly failureCount: number; readonly error: unknown }): void {
  if (failureCount === 1 && isOtherPerson(error)) showProblem(error);
}

function keep(name: string, pending: readonly Mutation[]): boolean {
  const kept = pending.flatMap(({ options, state }): Kept[] => {
    const kind = kindOf(options.mutationKey);
    return kind ? [{ kind, variables: restated(kind, state.variables) }] : [];
  });
  try {
    if (kept.length === 0) localStorage.removeItem(name);
    else if (!keepText(name, JSON.stringify(kept.slice(0, keptMax)))) return false;
    return kept.length === pending.length && kept.length <= keptMax;
  } catch {
    return pending.length === 0;
  }
}

function sendLeftBehind(cache: QueryClient, ofPerson: string, own: string, save: () => void): void {
  for (const name of namesKept(ofPerson).filter((each) => each !== own))
    void ifFree(name, () => {
      for (const change of read(name)) send(cache, change);
      // They stand under this page's name before they are gone under the other.
      save();
      localStorage.removeItem(name);
    });
}

/** Until the server has said yes or no: nobody sits before the page that it was done on. */
function send(cache: QueryClient, { kind, variables }: Kept): void {
  const options = {
    ...optionsOf(cache, kind),
    retry: (_: number, error: Error) => mayWorkLater(error),
    retryDelay: (failures: number) => Math.min(againMaxMs, 1_000 * 2 ** failures),
  };
  cache
    .getMutationCache()
    .build(cache, options)
    .execute(variables)
    .catch((error: unknown) => tellRefused(kind, variables, error));
}

/** What somebody wrote is shown again, for it is nowhere else any more. */
async function tellRefused(kind: QueuedKind, variables: unknown, error: unknown): Promise<void> {
  const written = await import('./written.ts').then(
    ({ writtenIn }) => writtenIn(kind, variables),
    () => (kind === 'create' ? (variables as Create).request.title : undefined),
  );
  if (written === undefined) showProblem(error);
  else showRefused(error, written);
}

function read(name: string): readonly Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept).slice(0, keptMax) : [];
  } catch {
    return [];
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && queuedKinds.some((kind) => kind === value.kind)
  );
}

function kindOf(key: readonly unknown[] | undefined): QueuedKind | undefined {
  return key?.[0] === queuedKey ? queuedKinds.find((kind) => kind === key[1]) : undefined;
}
