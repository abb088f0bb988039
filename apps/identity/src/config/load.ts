/**
 * From paths and environment to a configuration, or to everything that is wrong with it. The order of the layers stands
 * here and nowhere else: files in the order given, variables, secrets from files; then old spellings, the schema, the
 * rules. Nothing is half-loaded: one error refuses the whole.
 */
import { type Configuration, completeConfiguration } from './configuration.ts';
import { applyFilters, type Filter } from './filters/filters.ts';
import { findPending, type PendingKey } from './pending.ts';
import { dottedKey, type Finding, type Path, type Place, type Problem, sortProblems } from './problem.ts';
import { allRules } from './rules/all.ts';
import type { RuleContext } from './rules/context.ts';
import { checkSchema } from './schema/check.ts';
import { mapDeprecated } from './source/deprecated.ts';
import { overlayEnvironment } from './source/environment.ts';
import { pathKind, readConfigurationFiles } from './source/files.ts';
import { noteInto, type Sources } from './source/sources.ts';
import { emptyTree, overlay, pathKey, placeOf, type Tree, type TreeMap } from './source/tree.ts';
import { readYaml } from './source/yaml.ts';

export type LoadOptions = {
  /** Files and directories, in order; later ones win. */
  readonly paths: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly filters?: readonly Filter[];
  /** The clock, for certificates and template functions; milliseconds since the epoch. */
  readonly nowMs?: number;
};

export type Loaded = {
  readonly kind: 'loaded';
  readonly configuration: Configuration;
  readonly warnings: readonly Problem[];
  /** What the administrator set and Gatehouse knows, but does not act on yet. */
  readonly pending: readonly PendingKey[];
  /** What was written, under today's keys, before anything was read into it. Holds secrets: to be compared, never shown. */
  readonly written: TreeMap;
  readonly sources: Sources;
  /** Where a key was written; for an absent key, where its nearest ancestor was. */
  locate(path: Path): Place | undefined;
  /** Whether the administrator wrote this key anywhere, in a file or a variable. */
  isStated(path: Path): boolean;
};

export type Refused = {
  readonly kind: 'refused';
  readonly problems: readonly Problem[];
  readonly sources: Sources;
};

export function loadConfiguration(options: LoadOptions): Loaded | Refused {
  const nowMs = options.nowMs ?? Date.now();
  const sources = new Map<string, string>();
  const note = noteInto(sources);
  const read = readConfigurationFiles(options.paths, note);
  const files = read.texts.map((each) => each.file);
  const problems: Problem[] = [...read.problems];
  const tree = emptyTree();
  for (const { file, text } of read.texts) {
    const filtered = applyFilters(options.filters ?? [], text, { file, env: options.env, nowMs, note });
    if (filtered.kind === 'refused') {
      problems.push(...filtered.problems);
      continue;
    }
    const yaml = readYaml(filtered.text, file, filtered.lineOf);
    if (yaml.kind === 'refused') problems.push(...yaml.problems);
    else overlay(tree, yaml.tree);
  }
  const unreadable = problems.length > 0;
  problems.push(...overlayEnvironment(tree, options.env, note));

  const atPlace = (finding: Finding): Problem => ({
    ...(placeOf(tree, finding.path) ?? { file: files[0] ?? '', line: 0 }),
    severity: finding.severity,
    key: dottedKey(finding.path),
    message: finding.message,
    cure: finding.cure,
  });
  // Places are asked for before old keys leave the tree.
  const original = placesOf(tree);
  const deprecated = mapDeprecated(tree);
  problems.push(...deprecated.map((each) => ({ ...atPlace(each), ...original(each.path) })));
  const checked = checkSchema(tree);
  problems.push(...checked.findings.map(atPlace));
  // Without one of the files every second rule would ask for what stands in it.
  if (!unreadable) {
    const context: RuleContext = { nowMs, pathKind, isStated: (path) => tree.places.has(pathKey(path)) };
    const broken = allRules.flatMap((rule) => rule(checked.stated, context));
    problems.push(...broken.filter((each) => !isEcho(each.path, checked.wrong)).map(atPlace));
  }

  const sorted = sortProblems(problems, files);
  if (sorted.some((problem) => problem.severity === 'error')) return { kind: 'refused', problems: sorted, sources };
  const configuration = completeConfiguration(checked.stated);
  const { certificate, key, client_certificates: clientCertificates } = configuration.server.tls;
  const elsewhere = [certificate, key, ...clientCertificates, configuration.certificates_directory];
  for (const path of elsewhere) if (path !== '') note(path);
  return {
    kind: 'loaded',
    configuration,
    warnings: sorted,
    pending: findPending(tree),
    written: tree.root,
    sources,
    locate: (path) => placeOf(tree, path),
    isStated: (path) => tree.places.has(pathKey(path)),
  };
}

function placesOf(tree: Tree): (path: Path) => Place | undefined {
  const places = new Map(tree.places);
  return (path) => placeOf({ root: tree.root, places }, path);
}

/** A rule that speaks about a value already refused, or about the section directly around it, repeats what was said. */
function isEcho(path: Path, wrong: readonly Path[]): boolean {
  const starts = (longer: Path, shorter: Path): boolean => shorter.every((part, index) => longer[index] === part);
  return wrong.some((each) => starts(path, each) || (each.length === path.length + 1 && starts(each, path)));
}
