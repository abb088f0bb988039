/**
 * Accessibility as a fact of a test: axe-core's rules for WCAG 2.2 A and AA on the page as it stands. Put into a document once
 * and run there, as often as it is looked at; frames of others are theirs to answer for.
 */
import assert from 'node:assert/strict';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** A page is drawn a moment after its address stands; one that has no heading by then is a finding like any other. */
const headingMsMax = 10_000;
/** A colour on its way to another is neither of the two. What moves without end is not waited for. */
const untilStill = `Promise.allSettled(
  document
    .getAnimations()
    .filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
    .map((each) => each.finished),
)`;
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with one line a finding: rule, element, why. `only`: these rules and no other. */
export async function assertAccessible(page: Page, only?: readonly string[]): Promise<void> {
  if (!only) {
    await page
      .locator('h1')
      .first()
      .waitFor({ state: 'attached', timeout: headingMsMax })
      .catch(() => {});
  }
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  await page.evaluate(untilStill);
  const options: RunOptions = {
    runOnly: only ? { type: 'rule', values: [...only] } : { type: 'tag', values: rules },
    resultTypes: ['violations'],
    iframes: false,
  };
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`)) as AxeResults;
  const findings = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`),
  );
  assert.deepEqual(findings, [], `${page.url()} has ${findings.length} accessibility findings`);
}
