/** Rules of the keys at the root and of `log` and `telemetry`. */

import { completeDuoApi } from '../complete/factors.ts';
import { error, type Finding, warning } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';
import type { RuleContext } from './context.ts';

export function checkGeneral(stated: Stated, context: RuleContext): Finding[] {
  return [
    ...checkDirectory(stated, context),
    ...checkSecondFactor(stated),
    ...checkRedirection(stated),
    ...checkAdministration(stated),
    ...checkBranding(stated),
  ];
}

function checkDirectory({ certificates_directory: directory }: Stated, { pathKind }: RuleContext): Finding[] {
  if (directory === '' || pathKind(directory) === 'directory') return [];
  const message = pathKind(directory) === 'absent' ? 'The directory does not exist.' : 'This is not a directory.';
  return [error(['certificates_directory'], message, 'Name an existing directory with .pem, .crt or .cer files.')];
}

function checkSecondFactor(stated: Stated): Finding[] {
  const method = stated.default_2fa_method;
  if (method === '') return [];
  const disabled = {
    totp: stated.totp.disable,
    webauthn: stated.webauthn.disable,
    mobile_push: completeDuoApi(stated).disable,
  };
  return disabled[method]
    ? [
        error(
          ['default_2fa_method'],
          `The method '${method}' is switched off.`,
          'Choose a method that is on, or switch it on.',
        ),
      ]
    : [];
}

function checkRedirection(stated: Stated): Finding[] {
  const path = ['default_redirection_url'];
  if (!stated.default_redirection_url) return [];
  return stated.session.cookies.length > 0
    ? [
        error(
          path,
          "This key cannot stand beside 'session.cookies'.",
          "Move it to 'session.cookies[].default_redirection_url'.",
        ),
      ]
    : [warning(path, 'This is an old key.', "Use 'session.cookies[].default_redirection_url'.")];
}

function checkAdministration({ administration: { groups } }: Stated): Finding[] {
  return groups.flatMap((group, index) =>
    group.trim() === ''
      ? [
          error(
            ['administration', 'groups', index],
            'A group has a name.',
            "Name a group of your directory, or write '[]' for nobody.",
          ),
        ]
      : [],
  );
}

const nameCharactersMax = 60;

function checkBranding({ branding: { name } }: Stated): Finding[] {
  return name.trim() !== '' && [...name].length <= nameCharactersMax
    ? []
    : [error(['branding', 'name'], 'The portal needs a short name.', `Write 1 to ${nameCharactersMax} characters.`)];
}
