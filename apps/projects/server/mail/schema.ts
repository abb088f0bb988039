/** The table of mail on its way: who gets one and how far it came. What it says is read when it is sent. */
export type MailState =
  | 'waiting'
  /** A process is sending it, until `due_at` at the latest. */
  | 'claimed'
  | 'sent'
  /** Nothing was left to tell, or no server took it for too long. */
  | 'dropped'
  /** The process ended while a server was taking it: it may have gone, and goes no second time. */
  | 'unsure';

export type MailTables = {
  mail_queue: {
    id: string;
    person_id: string;
    state: MailState;
    attempts: number;
    /** When to try next; of a claimed one, when the claim ends. */
    due_at: number;
    /** When a server was there to take it, in the attempt that goes on. */
    handed_at: number | null;
    created_at: number;
    ended_at: number | null;
  };
};
