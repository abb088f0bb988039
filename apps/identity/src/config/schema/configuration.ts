/**
 * The whole file, every key of Authelia 4.39 under its own name, as it reads before the defaults that depend on other
 * keys are filled in. `configuration.ts` above this folder is what the rest of the program sees.
 */
import type * as z from 'zod';
import { accessControl, definitions } from './access-control.ts';
import { authenticationBackend } from './authentication-backend.ts';
import { duoApi, totp, webauthn } from './factors.ts';
import { colour, list, oneOf, section, text, url } from './kit.ts';
import { log, telemetry } from './log.ts';
import { notifier } from './notifier.ts';
import { oidc } from './oidc.ts';
import { identityValidation, ntp, passwordPolicy, privacyPolicy, regulation } from './policies.ts';
import { server } from './server.ts';
import { session } from './session.ts';
import { storage } from './storage.ts';

export const configurationSchema = section({
  theme: oneOf('light', 'dark', 'grey', 'oled', 'auto').prefault('light'),
  certificates_directory: text().prefault(''),
  default_2fa_method: oneOf('', 'totp', 'webauthn', 'mobile_push').prefault(''),
  /** The old place of `session.cookies[].default_redirection_url`. */
  default_redirection_url: url().optional(),
  /** Ours: who runs this portal. */
  administration: section({ groups: list(text()).prefault(['admins']) }).prefault({}),
  /** Ours: what the portal calls itself, and its one colour. The logo is a file of `server.asset_path`. */
  branding: section({ name: text().prefault('Gatehouse'), accent: colour().optional() }).prefault({}),
  log: log.prefault({}),
  telemetry: telemetry.prefault({}),
  server: server.prefault({}),
  totp: totp.prefault({}),
  webauthn: webauthn.prefault({}),
  duo_api: duoApi.prefault({}),
  authentication_backend: authenticationBackend.prefault({}),
  password_policy: passwordPolicy.prefault({}),
  privacy_policy: privacyPolicy.prefault({}),
  access_control: accessControl.prefault({}),
  session: session.prefault({}),
  regulation: regulation.prefault({}),
  storage: storage.prefault({}),
  notifier: notifier.prefault({}),
  identity_validation: identityValidation.prefault({}),
  ntp: ntp.prefault({}),
  definitions: definitions.prefault({}),
  identity_providers: section({ oidc: oidc.optional() }).prefault({}),
});

/** As stated in the file, with the defaults that need no other key. */
export type Stated = z.output<typeof configurationSchema>;
export type StatedOidc = NonNullable<Stated['identity_providers']['oidc']>;
export type StatedClient = StatedOidc['clients'][number];
export type StatedLdap = NonNullable<Stated['authentication_backend']['ldap']>;
export type StatedFile = NonNullable<Stated['authentication_backend']['file']>;
