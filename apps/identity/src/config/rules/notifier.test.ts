import { keysFolder, minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const smtp = (more: object) => ({
  notifier: {
    filesystem: undefined,
    smtp: { address: 'submission://mail.example.com', sender: 'Gatehouse <auth@example.com>', ...more },
  },
});

testRules(minimal(), [
  ['SMTP is accepted', smtp({})],
  ['a way to send is chosen', { notifier: { filesystem: undefined } }, 'error notifier'],
  ['one way to send is chosen', { notifier: { smtp: smtp({}).notifier.smtp } }, 'error notifier'],
  ['a file has a name', { notifier: { filesystem: { filename: '' } } }, 'error notifier.filesystem.filename'],
  ['templates stand in a directory', { notifier: { template_path: '/no' } }, 'error notifier.template_path'],
  ['an existing directory is accepted', { notifier: { template_path: keysFolder } }],
  [
    'SMTP has a server and a sender',
    smtp({ address: undefined, sender: undefined }),
    'error notifier.smtp.address',
    'error notifier.smtp.sender',
  ],
  ['a sender is a mail address', smtp({ sender: 'gatehouse' }), 'error notifier.smtp.sender'],
  [
    'a mail server is not spoken to over http',
    smtp({ address: 'https://mail.example.com' }),
    'error notifier.smtp.address',
  ],
  ['mail in the clear is warned about', smtp({ disable_starttls: true }), 'warning notifier.smtp.disable_starttls'],
]);
