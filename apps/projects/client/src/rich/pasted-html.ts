/** What is pasted, before the editor reads it. */
import { mayLead } from '../../../wire/rich-text.ts';

/**
 * Links with an address of their own stay. Others, such as `/x` or `page.html`, led on from a page that nobody knows here: of
 * them the words stay.
 */
export function withoutDeadLinks(html: string): string {
  // What stands in it is never shown, fetched or run.
  const held = document.createElement('template');
  held.innerHTML = html;
  for (const link of held.content.querySelectorAll('a[href]'))
    if (!mayLead(link.getAttribute('href') ?? '')) link.removeAttribute('href');
  return held.innerHTML;
}
