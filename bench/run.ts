/**
 * `npm run bench`: measures what was promised in one run, prints each figure as it is found, and writes them all to
 * `docs/benchmarks.md`. A figure that misses its promise fails nothing; one that cannot be measured does. Names of sections
 * as arguments run those alone and write nothing, but for those that take too long to run with the others.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureBurst } from './burst.ts';
import { measureEndpoints } from './endpoints.ts';
import { measureExchanges } from './exchanges.ts';
import { cellsOf, columns, type Figure } from './figure.ts';
import { measureIdle } from './idle.ts';
import { measureLastingMemory } from './lasting-memory.ts';
import { measureLdap } from './ldap.ts';
import { measureListeners } from './listeners.ts';
import { coreTicks } from './load.ts';
import { measurePage } from './page.ts';
import { measureReload } from './reload.ts';
import { measureSignIns } from './sign-ins.ts';
import { measureStoredTokens } from './stored-tokens.ts';
import { measureTouches } from './touches.ts';
import { measureWorkspace, measureWorkspaceOnPostgres } from './workspace.ts';

type Section = {
  readonly title: string;
  /** How it was measured, for who wonders what the figures mean. */
  readonly how: string;
  readonly measure: () => Promise<readonly Figure[]>;
  /** Takes so long that it runs only when it is named, and is then written to a file of its own. */
  readonly alone?: { readonly file: string };
};

const sections: Readonly<Record<string, Section>> = {
  idle: {
    title: 'At rest',
    how: 'The median of five starts on a database that exists, until the port accepts; VmRSS and RssFile of the last one after five seconds.',
    measure: measureIdle,
  },
  page: {
    title: 'The sign-in page',
    how: 'Bytes of the two bodies over HTTP. The font comes later and is kept for ever; there is no script.',
    measure: measurePage,
  },
  touches: {
    title: 'What a sign-in asks for',
    how: 'Browser requests are pages, forms and redirects. A store touch is one read or write of a value that expires: session, step, code, token, agreement; the exchange of the code is included.',
    measure: measureTouches,
  },
  exchanges: {
    title: 'Code exchanges',
    how: "The seed's client as printed (client_secret_post, a PBKDF2 digest of 310,000 iterations) over HTTP, one process on SQLite, 32 connections. Signatures run on one thread of a process of their own, in turn with the exchanges; the ratio is the median of five pairs. The digest is paid each time where each of many clients exchanges its first code in a fresh process.",
    measure: measureExchanges,
  },
  endpoints: {
    title: 'What applications ask for by themselves',
    how: 'HTTP on SQLite, one process, 32 connections, in turn with a server that answers every request with 3 KB and does nothing else; each ratio is the median of three pairs.',
    measure: measureEndpoints,
  },
  reload: {
    title: 'Reloading under load',
    how: 'One process on SQLite, 32 connections that stay open and ask for discovery and client credentials in turn, while the clients change and are reloaded 20 times, a quarter of a second after one another; and as long without.',
    measure: measureReload,
  },
  storedTokens: {
    title: 'A million stored tokens',
    how: 'One process on SQLite, 32 connections; the median of three rounds over an empty store, then of three over the filled one.',
    measure: measureStoredTokens,
  },
  workspace: {
    title: 'The workspace',
    how: 'SQLite, one process, 100,000 to-dos of 100 people in 50 projects, half of them done, with their history, 100,000 comments, 40,000 notifications and for each project 12 milestones, 20 sprints and 5 goals; four callers at once where no other number stands. The memory of an export is what was resident at most while ten were made one after the other. The board stands in Chromium, the median of five visits with a warm cache, from the navigation until the browser is idle with the cards on the page. Bytes are what the network brought for a first visit, compressed. Listeners are 200 streams of 50 people on one project; a card is moved 100 times, from the request until the last stream was told. Their memory is what is resident after 400 further streams were opened over what was before.',
    measure: async () => [...(await measureWorkspace()), ...(await measureListeners())],
    alone: { file: 'benchmarks-workspace.md' },
  },
  workspacePostgres: {
    title: 'The workspace on PostgreSQL',
    how: 'As the workspace on SQLite, with a PostgreSQL server of its own on the same machine: fsync on, 32 MB of shared buffers, analysed once it was filled.',
    measure: measureWorkspaceOnPostgres,
    alone: { file: 'benchmarks-workspace-postgres.md' },
  },
  ldap: {
    title: 'People from an LDAP server',
    how: 'slapd on the same machine, 8 callers; the median of five rounds in turn.',
    measure: measureLdap,
  },
  lastingMemory: {
    title: 'Memory after a million code exchanges',
    how: "The seed's client, one process on SQLite, 16 people at once who each get a code and exchange it; VmRSS less RssFile, five seconds after the last answer, whatever the collector has left lying.",
    measure: measureLastingMemory,
    alone: { file: 'benchmarks-memory.md' },
  },
  burst: {
    title: 'Many people at once',
    how: '64 sign-ins with right passwords that begin at the same moment, one process on SQLite: everybody with an address of their own, and in turn with that all from one, of which 60 a minute may fail. The medians of five bursts each. The peak is VmHWM, set back before each.',
    measure: measureBurst,
  },
  signIns: {
    title: 'Password sign-ins',
    how: 'A sign-in is all requests from the application’s first to its code, each time with a new browser and a new connection. Raw verifications run alone in a process of their own, in turn with the sign-ins, with as many callers; sign-ins share the cores with the program that asks for them. The ratio is the median of five pairs.',
    measure: measureSignIns,
  },
};

const wanted = process.argv.slice(2);
const chosen = Object.entries(sections).filter(([name, { alone }]) =>
  wanted.length === 0 ? !alone : wanted.includes(name),
);
if (chosen.length === 0) throw new TypeError(`no section has this name; there are ${Object.keys(sections).join(', ')}`);

const parts: string[] = [];
const before = coreTicks();
for (const [, { title, how, measure }] of chosen) {
  process.stdout.write(`\n${title}\n`);
  const rows = (await measure()).map(cellsOf);
  for (const [what = '', measured = '', promised = '', held = ''] of rows)
    process.stdout.write(
      `  ${what.padEnd(76)} ${measured.padStart(10)}  ${promised.padEnd(9)} ${held.replaceAll('*', '')}\n`,
    );
  parts.push(`## ${title}\n\n${how}\n\n${table(rows)}\n`);
}
process.stdout.write(`\nOther programs took ${othersPercent()} % of the cores meanwhile.\n`);
const [only] = chosen.length === 1 ? chosen : [];
if (wanted.length === 0) write('benchmarks.md', introduction());
else if (only?.[1].alone)
  write(only[1].alone.file, `# ${only[1].title}\n\nWritten by \`npm run bench ${only[0]}\`. ${machine()}\n`);

function write(file: string, head: string): void {
  writeFileSync(fileURLToPath(new URL(`../docs/${file}`, import.meta.url)), `${head}\n${parts.join('\n')}`);
}

function machine(): string {
  const date = new Date().toISOString().slice(0, 10);
  const [first] = cpus();
  return `${date}, ${cpus().length} cores of ${first?.model ?? 'an unknown kind'}, Node ${process.versions.node}. Other programs took ${othersPercent()} % of the cores meanwhile;
the more they take, the less the rates and times below say.`;
}

function introduction(): string {
  return `# Benchmarks

Written by \`npm run bench\`, which measures all of this in one run of a few minutes. What is promised of a rate is a ratio
to what the same machine does bare, because rates differ from machine to machine.

${machine()}
`;
}

function othersPercent(): number {
  const now = coreTicks();
  const [idle, own, all] = [now.idle - before.idle, now.own - before.own, now.all - before.all];
  return Math.max(0, Math.round((100 * (all - idle - own)) / all));
}

function table(rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
