/** What a rule may know beyond the configuration itself. Rules are pure: the same answers give the same findings. */
import type { Finding, Path } from '../problem.ts';
import type { Stated } from '../schema/configuration.ts';

export type RuleContext = {
  readonly nowMs: number;
  pathKind(path: string): 'file' | 'directory' | 'absent';
  /** Whether the administrator wrote this key anywhere, in a file or a variable. */
  isStated(path: Path): boolean;
};

export type Rule = (stated: Stated, context: RuleContext) => Finding[];
