/** What keeps a backup from being made or restored, in words for whoever typed the command. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
  readonly code = 'backup-failed';
}
