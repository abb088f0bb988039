/** Accessibility as a fact of a test: axe-core's rules for WCAG 2.2 A and AA on the page as it stands. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with one line a finding: rule, element, why. `only`: these rules and no other. The page must come from `browser.newContext()`. */
export async function assertAccessible(page: Page, only?: readonly string[]): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (only ? axe.withRules([...only]) : axe.withTags(rules)).analyze();
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`),
  );
  assert.deepEqual(findings, [], `${page.url()} has ${findings.length} accessibility findings`);
}
