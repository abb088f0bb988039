/**
 * `gatehouse crypto certificate {rsa,ecdsa,ed25519} generate|request`: a new key with a certificate, of itself or of an
 * authority of one's own, or with a request for an authority elsewhere. Nothing is written over.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from './command.ts';
import {
  certificateFlags,
  generateFlags,
  readExtendedUsages,
  readNames,
  readTerm,
  requestFlags,
} from './crypto-certificate-flags.ts';
import type { Authority, Subject } from './crypto-certificate-make.ts';
import { CallNotUnderstood, type Flags, helpText, type ReadCall, readCall } from './crypto-flags.ts';
import { keyKinds } from './crypto-keys.ts';

const verbs = { generate: generateFlags, request: requestFlags } as const;
const bundleNames = ['chain', 'priv-chain', 'privkey-chain'];

export const runCertificate: Command = async (args, io) => {
  const [kindName = '', verb = ''] = args;
  const kind = keyKinds.get(kindName);
  const own = verb === 'generate' || verb === 'request' ? verbs[verb] : undefined;
  const flags: Flags = { ...kind?.flags, ...certificateFlags, ...own };
  const call = readCall(kind ? args.slice(own ? 2 : 1) : args, flags);
  const kinds = [...keyKinds.keys()].join(',');
  if (call.wantsHelp) {
    const usage = `gatehouse crypto certificate ${kind ? kindName : `{${kinds}}`} ${own ? verb : '{generate,request}'} [flags]`;
    io.stdout.write(helpText(usage, 'Makes a key with a certificate, or with a request for one.', flags));
    return 0;
  }
  if (!kind || !own || call.words.length > 0)
    throw new CallNotUnderstood(`Call it as 'crypto certificate {${kinds}} {generate,request}'.`);
  if (call.text('curve')?.toUpperCase().replace('-', '') === 'P224')
    throw new CallNotUnderstood('Certificates are made on P256, P384 or P521: nothing that reads them knows P224.');
  const subject = { ...readNames(call), hash: readHash(call) };
  const files = verb === 'generate' ? await generate(call, kind, subject) : await request(call, kind, subject);
  const directory = call.text('directory') ?? '.';
  await mkdir(directory, { recursive: true, mode: 0o700 });
  for (const { name, content, isSecret } of files.written)
    await writeFile(join(directory, name), content, { mode: isSecret ? 0o600 : 0o644, flag: 'wx' });
  io.stdout.write(`${files.facts.map(([title, fact]) => `${title}: ${fact}\n`).join('')}`);
  io.stdout.write(files.written.map(({ title, name }) => `${title}: ${join(directory, name)}\n`).join(''));
  return 0;
};

/** Large, and of no use to the other commands. */
const loadMaker = () => import('./crypto-certificate-make.ts');

type Written = {
  readonly title: string;
  readonly name: string;
  readonly content: string;
  readonly isSecret: boolean;
};
type Made = { readonly facts: readonly (readonly [string, string])[]; readonly written: readonly Written[] };
type Kind = NonNullable<ReturnType<typeof keyKinds.get>>;

async function generate(call: ReadCall, kind: Kind, subject: Subject): Promise<Made> {
  const isAuthority = call.given('ca');
  const term = readTerm(call, Date.now());
  const usages = readExtendedUsages(call);
  const bundles = call.list('bundles');
  const unknown = bundles.find((name) => !bundleNames.includes(name));
  if (unknown !== undefined) throw new CallNotUnderstood(`--bundles takes chain and priv-chain, not '${unknown}'.`);
  const authority = await readAuthority(call);
  const { title, pair } = await kind.make(call);
  const { makeCertificate } = await loadMaker();
  const certificate = await makeCertificate({ pair, subject, term, usages, isAuthority, authority });
  const own = (flag: string, ofAuthority: string): string =>
    call.text(isAuthority && !call.given(flag) ? ofAuthority : flag) ?? '';
  const chain = `${certificate}${authority?.pem ?? ''}`;
  const key = privateKeyFiles(call, pair.privateKey, own('file.private-key', 'file.ca-private-key'));
  return {
    facts: [...factsOf(title, subject), ['Valid', `${term.notBefore.toISOString()} to ${term.notAfter.toISOString()}`]],
    written: [
      ...key,
      publicFile('Certificate', own('file.certificate', 'file.ca-certificate'), certificate),
      ...(bundles.includes('chain') ? [publicFile('Chain', call.text('file.bundle.chain') ?? '', chain)] : []),
      ...(bundles.some((name) => name.startsWith('priv'))
        ? [secretFile('Key and chain', call.text('file.bundle.priv-chain') ?? '', `${key[0]?.content}${chain}`)]
        : []),
    ],
  };
}

async function request(call: ReadCall, kind: Kind, subject: Subject): Promise<Made> {
  const { title, pair } = await kind.make(call);
  const { makeRequest } = await loadMaker();
  const content = await makeRequest({ pair, subject });
  return {
    facts: factsOf(title, subject),
    written: [
      ...privateKeyFiles(call, pair.privateKey, call.text('file.private-key') ?? ''),
      publicFile('Certificate Request', call.text('file.csr') ?? '', content),
    ],
  };
}

function factsOf(title: string, { names, commonName }: Subject): [string, string][] {
  return [
    ['Algorithm', title],
    ...(commonName === '' ? [] : [['Common Name', commonName] as [string, string]]),
    ...(names.length === 0 ? [] : [['Names', names.map(({ value }) => value).join(', ')] as [string, string]]),
  ];
}

const secretFile = (title: string, name: string, content: string): Written => ({
  title,
  name,
  content,
  isSecret: true,
});
const publicFile = (title: string, name: string, content: string): Written => ({
  ...{ title, name, content },
  isSecret: false,
});

const legacyTypes: Readonly<Record<string, 'pkcs1' | 'sec1'>> = { rsa: 'pkcs1', ec: 'sec1' };

function privateKeyFiles(call: ReadCall, key: KeyObject, name: string): Written[] {
  const files = [secretFile('Private Key', name, String(key.export({ type: 'pkcs8', format: 'pem' })))];
  if (!call.given('legacy')) return files;
  const type = legacyTypes[key.asymmetricKeyType ?? ''];
  if (!type) throw new CallNotUnderstood('There is no older format for keys of Ed25519: leave --legacy out.');
  const extension = call.text('file.extension.legacy') ?? '';
  const legacyName = name.replace(/(\.[^.]*)?$/, (end) => `.${extension}${end}`);
  return [...files, secretFile('Private Key (Legacy)', legacyName, String(key.export({ type, format: 'pem' })))];
}

async function readAuthority(call: ReadCall): Promise<Authority | undefined> {
  const folder = call.text('path.ca');
  if (folder === undefined || folder === '') return undefined;
  const read = async (flag: string): Promise<string> => {
    const path = join(folder, call.text(flag) ?? '');
    try {
      return await readFile(path, 'utf8');
    } catch {
      throw new CallNotUnderstood(`'${path}' of the authority cannot be read. Name its folder with --path.ca.`);
    }
  };
  const [pem, keyPem] = [await read('file.ca-certificate'), await read('file.ca-private-key')];
  try {
    return { pem, key: createPrivateKey(keyPem) };
  } catch {
    throw new CallNotUnderstood('The key of the authority is no private key in PEM, or it asks for a password.');
  }
}

const hashes: Readonly<Record<string, Subject['hash']>> = { SHA256: 'SHA-256', SHA384: 'SHA-384', SHA512: 'SHA-512' };

function readHash(call: ReadCall): Subject['hash'] {
  const hash = hashes[(call.text('signature') ?? '').toUpperCase().replace('-', '')];
  if (!hash) throw new CallNotUnderstood(`--signature is one of ${Object.keys(hashes).join(', ')}.`);
  return hash;
}
