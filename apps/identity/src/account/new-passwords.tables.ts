/** The durable table of new passwords that are being set. */
export type NewPasswordTables = {
  new_passwords: {
    id: string;
    username: string;
    /** The directory's mark of the password that is to go. */
    mark_before: string;
    /** The one session that does not end. */
    kept_session_id: string | null;
    /** Who asked for it, for the mail about it. */
    remote_address: string;
    /** Nobody is busy with it any more. */
    due_at_ms: number;
    /** So often the directory told the mark of before. Since 0021. */
    looks: number;
    /** 1: the sessions have ended, and only the owner is still to be told. Since 0022. */
    ended: number;
  };
};
