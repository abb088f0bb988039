/**
 * What a configuration takes from files beside its own and keeps as it was read: whose certificates count, what an administrator
 * adds to pages, words and mails. Read when the configuration is put in force. One that is in force already is opened again over
 * what was read then, so that nothing of it can be away at that moment.
 */
import type { Log } from '@gatehouse/web/log.ts';
import { type Languages, openLanguages } from './appearance/languages.ts';
import type { Configuration } from './config/configuration.ts';
import { type MailTemplates, readMailTemplates } from './notify/templates.ts';
import { type Assets, loadAssets } from './pages/assets.ts';
import { type Trusted, trustedCertificates } from './tls-client.ts';

export type Surroundings = {
  readonly trusted: Trusted;
  readonly assets: Assets;
  readonly languages: Languages;
  /** Undefined: mails are in the words of the house. */
  readonly mailTemplates: MailTemplates | undefined;
};

/** Throws what `node:fs` throws, and `TemplateUnusable`. */
export async function readSurroundings(
  configuration: Pick<Configuration, 'branding' | 'certificates_directory' | 'notifier' | 'server'>,
  nowMs: () => number,
  log: Pick<Log, 'warn'>,
): Promise<Surroundings> {
  const { branding, certificates_directory: certificates, notifier, server } = configuration;
  return {
    trusted: trustedCertificates(certificates),
    assets: await loadAssets({ folder: server.asset_path, accent: branding.accent }),
    languages: await openLanguages({
      assetPath: server.asset_path,
      onFault: (fault) => log.warn(`A translation of server.asset_path is left out: ${fault}`),
    }),
    mailTemplates: notifier.template_path ? await readMailTemplates(notifier.template_path, nowMs) : undefined,
  };
}
