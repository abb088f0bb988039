/**
 * The configuration as the rest of the program sees it: Authelia's key names, durations in seconds, every default in
 * place. Made by `load.ts` once nothing is wrong any more; this file knows nothing of files, lines or rules.
 */
import { completeDuoApi, completeTotp } from './complete/factors.ts';
import { completePasswordHashing, type PasswordHashing } from './complete/file-password.ts';
import { completeLdap, type Ldap } from './complete/ldap.ts';
import { resolveNetworks } from './complete/networks.ts';
import { completeOidc, type Oidc } from './complete/oidc.ts';
import { completeServer, type Server } from './complete/server.ts';
import { completeSession, type Session } from './complete/session.ts';
import type { Stated, StatedFile } from './schema/configuration.ts';

export type FileDirectory = Readonly<Omit<StatedFile, 'password'>> & { readonly password: PasswordHashing };

export type AuthenticationBackend = Readonly<
  Omit<Stated['authentication_backend'], 'refresh_interval' | 'file' | 'ldap'>
> & {
  /** Seconds, or a word. */
  readonly refresh_interval: number | 'disable' | 'always';
  /** Exactly one of the two is there. */
  readonly file?: FileDirectory;
  readonly ldap?: Ldap;
};

export type AccessControl = Readonly<Omit<Stated['access_control'], 'networks'>>;

type Completed = {
  readonly server: Server;
  readonly authentication_backend: AuthenticationBackend;
  /** The networks of a rule are resolved to `address/prefix`. */
  readonly access_control: AccessControl;
  readonly session: Session;
  readonly identity_providers: { readonly oidc?: Oidc };
};

export type Configuration = Readonly<Omit<Stated, keyof Completed | 'default_redirection_url'>> & Completed;

export function completeConfiguration(stated: Stated): Configuration {
  const { default_redirection_url, ...rest } = stated;
  const { oidc } = stated.identity_providers;
  return {
    ...rest,
    totp: completeTotp(stated),
    duo_api: completeDuoApi(stated),
    server: completeServer(stated),
    session: completeSession(stated),
    authentication_backend: completeBackend(stated),
    access_control: completeAccessControl(stated),
    identity_providers: oidc ? { oidc: completeOidc(oidc, stated) } : {},
  };
}

const refreshIntervalSeconds = 300;

function completeBackend({ authentication_backend: backend }: Stated): AuthenticationBackend {
  const { file, ldap, refresh_interval, ...rest } = backend;
  return {
    ...rest,
    refresh_interval: refresh_interval ?? (file?.watch ? 'always' : refreshIntervalSeconds),
    ...(file && { file: { ...file, password: completePasswordHashing(file.password) } }),
    ...(ldap && { ldap: completeLdap(ldap) }),
  };
}

function completeAccessControl(stated: Stated): AccessControl {
  const { networks, ...rest } = stated.access_control;
  return {
    ...rest,
    rules: stated.access_control.rules.map((rule) => ({ ...rule, networks: resolveNetworks(rule.networks, stated) })),
  };
}
