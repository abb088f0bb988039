/**
 * Messages into one file, for trying the product out and for houses without a mail server: the file always holds the last
 * message, whole, readable by its owner alone.
 */
import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { oneLine } from '@gatehouse/web/mail-text.ts';
import { MailNotSent, type Message, type Notifier } from './notifier.ts';

export function openFilesystemNotifier(options: { readonly filename: string; readonly nowMs: () => number }): Notifier {
  const { filename, nowMs } = options;

  /** Beside the file and renamed over it, so that nobody ever reads half a message. */
  async function replaceFile(text: string): Promise<void> {
    const beside = temporaryName();
    try {
      await writeNew(beside, text);
      await rename(beside, filename);
    } catch (cause) {
      await rm(beside, { force: true });
      throw notWritten(cause);
    }
  }

  function temporaryName(): string {
    return join(dirname(filename), `.${randomUUID()}.tmp`);
  }

  function notWritten(cause: unknown): MailNotSent {
    const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    return new MailNotSent(
      `The message could not be written to '${filename}'${reason}. Make its folder writable for the user that runs this process, or change 'notifier.filesystem.filename'.`,
      { cause },
    );
  }

  return {
    send: (message) => replaceFile(asText(message, nowMs())),
    async check() {
      const beside = temporaryName();
      try {
        await writeNew(beside, '');
        await rm(beside);
      } catch (cause) {
        throw notWritten(cause);
      }
    },
  };
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function asText({ to, title, text }: Message, nowMs: number): string {
  const head = [
    `Date: ${new Date(nowMs).toUTCString().replace('GMT', '+0000')}`,
    `To: ${oneLine(to.name)} <${oneLine(to.address)}>`,
    `Subject: ${oneLine(title)}`,
  ];
  return `${head.join('\n')}\n\n${text}`;
}
