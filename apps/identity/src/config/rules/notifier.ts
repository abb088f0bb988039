/** Rules of `notifier`. */
import { error, type Finding, warning } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import type { RuleContext } from './context.ts';
import { checkTls } from './tls.ts';

export function checkNotifier({ notifier }: Stated, context: RuleContext): Finding[] {
  const { filesystem, smtp, template_path: templates } = notifier;
  const findings: Finding[] = [];
  if (!filesystem && !smtp)
    findings.push(error(['notifier'], 'No way to send mail is chosen.', "Write 'smtp' or 'filesystem' here."));
  if (filesystem && smtp)
    findings.push(error(['notifier'], "Both 'smtp' and 'filesystem' are chosen.", 'Keep one of them.'));
  if (templates !== '' && context.pathKind(templates) !== 'directory')
    findings.push(
      error(
        ['notifier', 'template_path'],
        'The directory does not exist.',
        'Name an existing directory, or remove the key.',
      ),
    );
  if (filesystem?.filename === '')
    findings.push(
      error(
        ['notifier', 'filesystem', 'filename'],
        'The name of the file is missing.',
        "Write one, such as '/config/notification.txt'.",
      ),
    );
  if (!smtp) return findings;
  const path = ['notifier', 'smtp'];
  if (!smtp.address)
    findings.push(
      error(
        [...path, 'address'],
        'The mail server is missing.',
        "Write it, such as 'submission://mail.example.com:587'.",
      ),
    );
  if (!smtp.sender)
    findings.push(
      error([...path, 'sender'], 'The sender is missing.', "Write it, such as 'Gatehouse <auth@example.com>'."),
    );
  if (smtp.disable_starttls)
    findings.push(
      warning(
        [...path, 'disable_starttls'],
        'Mail is sent without encryption even where the server offers it.',
        'Remove the key unless the server cannot do better.',
      ),
    );
  return [...findings, ...checkTls(smtp.tls, [...path, 'tls'], context)];
}
