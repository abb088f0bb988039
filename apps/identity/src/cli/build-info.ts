/** `gatehouse build-info`: which version this is and what it runs on, for a report about something that does not work. */
import manifest from '../../package.json' with { type: 'json' };
import type { Command } from './command.ts';

export const buildInfo: Command = async (_args, io) => {
  const { node, openssl, sqlite } = process.versions;
  const rows = [
    ['Version', manifest.version],
    ['Node', node],
    ['OpenSSL', openssl],
    ['SQLite', sqlite],
    ['Platform', `${process.platform} ${process.arch}`],
  ];
  io.stdout.write(rows.map(([name, value]) => `${name}: ${value ?? 'none'}\n`).join(''));
  return 0;
};
