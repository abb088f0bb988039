/** How mail leaves the workspace, in Leantime's variables. A password never travels in the clear by oversight. */
import { isLocalhostName } from '@gatehouse/web/localhost-names.ts';
import type { Variables } from './variables.ts';

export type MailSettings = {
  readonly returnAddress: string;
  /** Tried in this order. */
  readonly servers: readonly { readonly host: string; readonly port: number }[];
  /** Null: the server asks for no login. */
  readonly login: { readonly username: string; readonly password: string } | null;
  /** `implicit`: TLS from the first byte. `required`: STARTTLS or nothing. `offered`: STARTTLS where the server has it. */
  readonly encryption: 'implicit' | 'required' | 'offered' | 'none';
  readonly skipVerify: boolean;
};

/** Undefined: this workspace sends no mail. */
export function readMail(variables: Variables): MailSettings | undefined {
  if (!variables.flag('LEAN_EMAIL_USE_SMTP', false)) return undefined;
  const required = (name: string, value: string, right: string): string => {
    if (!value) variables.refuse(name, 'it is not set, and LEAN_EMAIL_USE_SMTP needs it', right);
    return value;
  };
  const encryption = readEncryption(variables);
  const withLogin = variables.flag('LEAN_EMAIL_SMTP_AUTH', true);
  const settings: MailSettings = {
    returnAddress: readAddress(variables, required),
    servers: readServers(variables, encryption, required),
    login: withLogin
      ? {
          username: required(
            'LEAN_EMAIL_SMTP_USERNAME',
            variables.text('LEAN_EMAIL_SMTP_USERNAME', ''),
            'the name to log in with, or LEAN_EMAIL_SMTP_AUTH=false for a server without a login',
          ),
          password: variables.secret('LEAN_EMAIL_SMTP_PASSWORD'),
        }
      : null,
    encryption,
    skipVerify: variables.flag('LEAN_EMAIL_SMTP_SSLNOVERIFY', false),
  };
  if (settings.login && encryption === 'none' && settings.servers.some(({ host }) => !isThisMachine(host)))
    variables.refuse(
      'LEAN_EMAIL_SMTP_AUTO_TLS',
      'without encryption the password would travel in the clear',
      'LEAN_EMAIL_SMTP_SECURE=tls (STARTTLS) or ssl, or LEAN_EMAIL_SMTP_AUTH=false',
    );
  return settings;
}

export function isThisMachine(host: string): boolean {
  return isLocalhostName(host) || host === '127.0.0.1' || host === '::1';
}

type Required = (name: string, value: string, right: string) => string;

function readAddress(variables: Variables, required: Required): string {
  const right = 'the address that mail comes from, such as projects@example.com';
  const address = required('LEAN_EMAIL_RETURN', variables.text('LEAN_EMAIL_RETURN', ''), right);
  if (address && !/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(address))
    variables.refuse('LEAN_EMAIL_RETURN', 'it is not a mail address', right);
  return address;
}

/** Leantime's words: `ssl` is TLS from the first byte, `tls` and `starttls` are STARTTLS. */
function readEncryption(variables: Variables): MailSettings['encryption'] {
  const word = variables.text('LEAN_EMAIL_SMTP_SECURE', '').toLowerCase();
  const offered = variables.flag('LEAN_EMAIL_SMTP_AUTO_TLS', true);
  switch (word) {
    case 'ssl':
      return 'implicit';
    case 'tls':
    case 'starttls':
      return 'required';
    case '':
      return offered ? 'offered' : 'none';
    default:
      variables.refuse('LEAN_EMAIL_SMTP_SECURE', `'${word}' is not known`, 'ssl, tls, starttls, or nothing');
      return 'required';
  }
}

/** `mail.example.com`, `mail.example.com:2525`, several with semicolons between. */
function readServers(
  variables: Variables,
  encryption: MailSettings['encryption'],
  required: Required,
): MailSettings['servers'] {
  const name = 'LEAN_EMAIL_SMTP_HOSTS';
  const right = 'the name of the mail server, such as mail.example.com';
  const usual = encryption === 'implicit' ? 465 : 587;
  const given = variables.text('LEAN_EMAIL_SMTP_PORT', '');
  const port = given ? variables.wholeNumber('LEAN_EMAIL_SMTP_PORT', usual, { min: 1, max: 65_535 }) : usual;
  const hosts = required(name, variables.text(name, ''), right)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return hosts.flatMap((text) => {
    const [, host = '', own] = /^([\w.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/i.exec(text) ?? [];
    if (host === '') variables.refuse(name, `'${text}' is not the name of a server`, right);
    return host === '' ? [] : [{ host: host.replace(/^\[|\]$/g, ''), port: own ? Number(own) : port }];
  });
}
