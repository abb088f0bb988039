/** One round of the post: what waits is gathered into mails, and mails that are due are sent. Its only caller is a clock. */
import type { Log } from '@gatehouse/web/log.ts';
import type { Workspace } from '../api/workspace.ts';
import { defaultPerson } from '../notifications/present.ts';
import { findPreferences } from '../preferences/store.ts';
import { english, sayingIn } from '../words/say-of.ts';
import { readDigest } from './digest.ts';
import { gatherMail } from './gather.ts';
import { writeLetter } from './letter.ts';
import type { Mailer, OutgoingMail } from './mailer.ts';
import { type Mail, sendQueued } from './queue.ts';

export async function goRound(workspace: Workspace, mailer: Mailer, log: Log): Promise<void> {
  await gatherMail(workspace);
  await sendQueued(workspace, mailer, (mail) => compose(workspace, mail), log);
}

async function compose(workspace: Workspace, mail: Mail): Promise<OutgoingMail | undefined> {
  const digest = await readDigest(workspace, mail);
  if (!digest) return undefined;
  const { siteName, appUrl } = workspace;
  const chosen = await workspace.db
    .selectFrom('notification_people')
    .select('frequency')
    .where('person_id', '=', mail.person_id)
    .executeTakeFirst();
  const frequency = chosen?.frequency ?? defaultPerson.frequency;
  const { language } = await findPreferences(workspace.db, mail.person_id);
  const say = language === 'auto' ? english : sayingIn(language);
  const letter = await writeLetter(digest, { say, siteName, appUrl, frequency });
  return { id: mail.id, to: { name: digest.to.displayName, address: digest.to.email }, ...letter };
}
