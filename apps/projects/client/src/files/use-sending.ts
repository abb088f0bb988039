/**
 * Sends files one after another, to a to-do or to the project itself. What is refused is told once all are through, by name, in
 * one message for each reason.
 */
import { useState } from 'react';
import type { FileLimits } from '../../../wire/file.ts';
import { isOtherPerson, isSignedOut, sayProblem } from '../api/client.ts';
import { useUpload } from '../api/file-changes.ts';
import { showDone, showProblem, showProblemText } from '../kit/toast.tsx';
import { bringRest, languageOfPage, saying } from '../words/say.ts';

/** By reason: the names of the files that it kept out. */
type Refused = Map<string, string[]>;
const namesMax = 5;

export function useSending(projectKey: string, number?: number) {
  const upload = useUpload(projectKey, number);
  const [waiting, setWaiting] = useState(0);

  /** Answers with the names of those that were added. */
  async function send(list: Iterable<File>, { fileBytesMax }: FileLimits): Promise<readonly string[]> {
    // Taken at once: the list is the browser's, and empty when its event is over.
    const chosen = [...list];
    const refused: Refused = new Map();
    const added: string[] = [];
    const refuse = (reason: string, { name }: File): void =>
      void refused.set(reason, [...(refused.get(reason) ?? []), name]);
    setWaiting((before) => before + chosen.length);
    await bringRest();
    for (const file of chosen) {
      if (file.size > fileBytesMax) refuse(sayTooLarge(fileBytesMax), file);
      else
        await upload.mutateAsync(file).then(
          () => added.push(file.name),
          (error: unknown) => {
            if (isSignedOut(error) || isOtherPerson(error)) showProblem(error);
            else refuse(sayProblem(error), file);
          },
        );
      setWaiting((before) => before - 1);
    }
    for (const [problem, names] of refused) showProblemText(sayRefused(names, problem));
    return added;
  }

  /** As above, and says so: where somebody pastes, the files may be out of sight. */
  async function sendPasted(files: readonly File[], limits: FileLimits): Promise<void> {
    const added = await send(files, limits);
    const say = saying();
    if (added.length > 0) showDone(say('Added to the files: {names}.', { names: listOf(added) }));
  }

  return { waiting, send, sendPasted };
}

function sayTooLarge(bytesMax: number): string {
  const say = saying();
  return say('A file has at most {max} MB here.', { max: Math.floor(bytesMax / 1_000_000) });
}

function sayRefused(names: readonly string[], problem: string): string {
  const say = saying();
  const further = names.length - namesMax;
  const told = further > 0 ? [...names.slice(0, namesMax), say('{count} more', { count: further })] : names;
  return say('Not added: {names}. {problem}', { names: listOf(told), problem });
}

function listOf(names: readonly string[]): string {
  return new Intl.ListFormat(languageOfPage(), { type: 'unit' }).format(names);
}
