/** `gatehouse access-control check-policy`: which rule of `access_control` would hold for a request, and how each fits. */
import { isIP } from 'node:net';
import { type CheckedRule, type Decision, decideAccess, type Policy, parts } from '../access/rules.ts';
import { loadConfiguration } from '../config/load.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { formatProblems } from '../config/problem.ts';
import type { Command } from './command.ts';
import { CallNotUnderstood, type Flags, helpText, type ReadCall, readCall } from './crypto-flags.ts';

const usage = 'gatehouse access-control check-policy --url <url> [flags] [--config <path>]...';
const about = `Says which rule of 'access_control' holds for a request.

In the table, '*' stands at the first rule that fits whoever asks, '~' at one before it that fits once the right person has
signed in. A part of a rule is a 'hit', a 'miss', or 'may' be one, which depends on who signs in.`;

const flags: Flags = {
  url: { type: 'string', help: 'the address that is asked for' },
  method: { type: 'string', default: 'GET', help: 'the method of the request' },
  username: { type: 'string', help: 'who asks; without name and groups, somebody who has not signed in' },
  groups: { type: 'string', help: 'their groups, with commas between' },
  ip: { type: 'string', help: 'the address that they come from' },
  verbose: { type: 'boolean', help: 'show every rule, also those that do not fit' },
};

export const checkPolicy: Command = async (args, io) => {
  const options = readConfigurationOptions(args, io.env);
  try {
    if (options.kind === 'refused') throw new CallNotUnderstood(options.message);
    const call = readCall([...options.rest], flags);
    if (call.wantsHelp) {
      io.stdout.write(helpText(usage, about, flags));
      return 0;
    }
    const asked = readAsked(call);
    const answer = loadConfiguration({ paths: options.paths, filters: options.filters, env: io.env });
    if (answer.kind === 'refused') {
      io.stderr.write(`${formatProblems(answer.problems)}\nThe configuration is not valid, so no rule can be tried.\n`);
      return 1;
    }
    const { access_control: control } = answer.configuration;
    const decision = decideAccess(control, asked.request, asked.subject);
    io.stdout.write(`${sayAsked(asked)}\n\n${table(decision, call.given('verbose'))}${sayDecision(decision)}\n`);
    return 0;
  } catch (failure) {
    if (!(failure instanceof CallNotUnderstood)) throw failure;
    io.stderr.write(`${failure.message}\nSee 'gatehouse access-control check-policy --help'.\n`);
    return 2;
  }
};

type Asked = {
  readonly request: Parameters<typeof decideAccess>[1];
  readonly subject: Parameters<typeof decideAccess>[2];
};

function readAsked(call: ReadCall): Asked {
  if (call.words.length > 0) throw new CallNotUnderstood(`'${call.words[0]}' is not understood.`);
  const written = call.text('url');
  if (written === undefined) throw new CallNotUnderstood('--url is needed.');
  if (!URL.canParse(written) || !/^(https?|wss?):$/.test(new URL(written).protocol))
    throw new CallNotUnderstood(`'${written}' is no address such as https://app.example.com/path.`);
  const address = call.text('ip');
  if (address !== undefined && isIP(address) === 0) throw new CallNotUnderstood(`'${address}' is no address: --ip.`);
  const groups = (call.text('groups') ?? '').split(',').filter((group) => group !== '');
  const username = call.text('username') ?? '';
  return {
    request: { url: new URL(written), method: (call.text('method') ?? 'GET').toUpperCase(), address },
    subject: username === '' && groups.length === 0 ? undefined : { username, groups },
  };
}

function sayAsked({ request: { url, method, address }, subject }: Asked): string {
  const who =
    subject === undefined
      ? 'somebody who has not signed in'
      : `${subject.username || 'somebody'}${subject.groups.length > 0 ? ` (groups: ${subject.groups.join(', ')})` : ''}`;
  return `${method} ${url.href} by ${who}${address === undefined ? '' : ` from ${address}`}`;
}

function table({ rules, matched, potential }: Decision, verbose: boolean): string {
  const shown = rules.filter(({ fit }) => verbose || fit !== 'miss');
  if (shown.length === 0) return '';
  const mark = (rule: CheckedRule): string =>
    rule === matched ? '*' : rule === potential || isEarlier(rule) ? '~' : ' ';
  const isEarlier = (rule: CheckedRule): boolean =>
    rule.fit === 'may' && rule.position < (matched?.position ?? Number.POSITIVE_INFINITY);
  const head = ['', '#', ...parts, 'policy'];
  const rows = shown.map((rule) => [
    mark(rule),
    String(rule.position),
    ...parts.map((part) => rule.fits[part]),
    rule.policy,
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n\n`;
}

const meanings: Readonly<Record<Policy, string>> = {
  bypass: 'everybody passes, without signing in',
  one_factor: 'whoever has signed in with one factor passes',
  two_factor: 'whoever has signed in with two factors passes',
  deny: 'nobody passes',
};

function sayDecision({ matched, potential, policy }: Decision): string {
  const certain = `${matched ? `Rule ${matched.position}` : 'No rule fits; the default policy'} holds: ${policy}, ${meanings[policy]}.`;
  if (!potential) return certain;
  const otherwise = matched ? `rule ${matched.position}` : 'the default policy';
  return `Rule ${potential.position} may hold: ${potential.policy}, ${meanings[potential.policy]}. To know, people are asked to sign in first.
For whom it does not hold, what comes after it does, in the end ${otherwise}: ${policy}, ${meanings[policy]}.`;
}
