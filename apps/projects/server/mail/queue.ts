/**
 * The queue of mail: a row is claimed by compare-and-swap, sent, and marked. A claim ends by itself, so a mail outlives the
 * process that was sending it: one that no server had seen is sent by another process, and one that a server was taking at
 * that very moment is left as `unsure` rather than sent twice; what it tells stays unread in the workspace. What a mail says
 * is not known here.
 */
import type { Log } from '@gatehouse/web/log.ts';
import type { Workspace } from '../api/workspace.ts';
import { type Mailer, MailNotSent, type OutgoingMail } from './mailer.ts';
import type { MailTables } from './schema.ts';

export type Mail = MailTables['mail_queue'];
/** Undefined: there is nothing to tell any more. */
export type Compose = (mail: Mail) => Promise<OutgoingMail | undefined>;

const batchMax = 50;
/** Longer than all timeouts of one sending together. */
const claimMs = 5 * 60_000;
const minuteMs = 60_000;
/** Some 30 hours together. */
const pausesMs = [1, 5, 15, 60, 240, 480, 960].map((minutes) => minutes * minuteMs);
const keptMs = 30 * 86_400_000;

export async function sendQueued(workspace: Workspace, mailer: Mailer, compose: Compose, log: Log): Promise<void> {
  const { db, now } = workspace;
  await endUnsure(workspace, log);
  const due = await db
    .selectFrom('mail_queue')
    .select('id')
    .where('state', 'in', ['waiting', 'claimed'])
    .where('due_at', '<=', now())
    .orderBy('due_at')
    .limit(batchMax)
    .execute();
  for (const { id } of due) {
    const mail = await claim(workspace, id);
    if (mail) await send(workspace, mailer, compose, log, mail);
  }
  await db
    .deleteFrom('mail_queue')
    .where('ended_at', '<', now() - keptMs)
    .execute();
}

/** Exported for the test of a process that ends here. */
export async function claim({ db, now }: Workspace, id: string): Promise<Mail | undefined> {
  return db
    .updateTable('mail_queue')
    .set(({ eb }) => ({ state: 'claimed', attempts: eb('attempts', '+', 1), due_at: now() + claimMs, handed_at: null }))
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'claimed'])
    .where('due_at', '<=', now())
    .where('handed_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** What goes wrong with one mail is that one's alone: the others of the round are sent. */
async function send(workspace: Workspace, mailer: Mailer, compose: Compose, log: Log, mail: Mail): Promise<void> {
  let outgoing: OutgoingMail | undefined;
  try {
    outgoing = await compose(mail);
  } catch (cause) {
    return retry(workspace, log, mail, new MailNotSent('It could not be written', { cause }));
  }
  if (!outgoing) return end(workspace, mail, 'dropped');
  try {
    await mailer.send(outgoing, () => markHandedOver(workspace, mail));
  } catch (cause) {
    if (cause instanceof MailNotSent) return retry(workspace, log, mail, cause);
    // Whether a server has it is not known. When its claim has ended it is tried again, or left as unsure.
    log.error({ mail: mail.id, attempts: mail.attempts, err: cause }, 'Sending a mail failed');
    return;
  }
  await end(workspace, mail, 'sent');
}

/** Only the process that holds the claim may hand a mail over. */
export async function markHandedOver({ db, now }: Workspace, { id, attempts }: Mail): Promise<void> {
  const mine = await db
    .updateTable('mail_queue')
    .set({ handed_at: now() })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .where('attempts', '=', attempts)
    .where('handed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (!mine) throw new MailNotSent('Another process has this mail by now');
}

async function retry(workspace: Workspace, log: Log, mail: Mail, cause: MailNotSent): Promise<void> {
  const pauseMs = pausesMs[mail.attempts - 1];
  const facts = { mail: mail.id, attempts: mail.attempts, reason: cause.message, err: cause.cause };
  if (pauseMs === undefined) {
    log.error(facts, 'A mail was given up; what it tells stays unread in the workspace');
    return end(workspace, mail, 'dropped');
  }
  log.warn(facts, 'A mail was not taken and is tried again later');
  await workspace.db
    .updateTable('mail_queue')
    .set({ state: 'waiting', due_at: workspace.now() + pauseMs, handed_at: null })
    .where('id', '=', mail.id)
    .where('state', '=', 'claimed')
    .where('attempts', '=', mail.attempts)
    .execute();
}

async function end({ db, now }: Workspace, { id, attempts }: Mail, state: 'sent' | 'dropped'): Promise<void> {
  await db
    .updateTable('mail_queue')
    .set({ state, ended_at: now() })
    .where('id', '=', id)
    .where('attempts', '=', attempts)
    .execute();
}

async function endUnsure({ db, now }: Workspace, log: Log): Promise<void> {
  const rows = await db
    .updateTable('mail_queue')
    .set({ state: 'unsure', ended_at: now() })
    .where('state', '=', 'claimed')
    .where('due_at', '<=', now())
    .where('handed_at', 'is not', null)
    .returning('id')
    .execute();
  for (const { id } of rows)
    log.warn({ mail: id }, 'A process ended while a mail server was taking this mail; it is not sent again');
}
