/** What is pasted, before the editor reads it: put into forms that a text here has. */
import { mayLead } from '../../../wire/rich-text.ts';

export function adapted(html: string): string {
  // What stands in it is never shown, fetched or run.
  const held = document.createElement('template');
  held.innerHTML = html;
  dropDeadLinks(held.content);
  // Innermost first.
  for (const table of [...held.content.querySelectorAll('table')].reverse()) table.replaceWith(...linesOf(table));
  for (const title of held.content.querySelectorAll('h1')) rename(title, 'h2');
  for (const title of held.content.querySelectorAll('h4, h5, h6')) rename(title, 'h3');
  return held.innerHTML;
}

/**
 * Links with an address of their own stay. Others, such as `/x` or `page.html`, led on from a page that nobody knows here: of
 * them the words stay.
 */
function dropDeadLinks(content: DocumentFragment): void {
  for (const link of content.querySelectorAll('a[href]'))
    if (!mayLead(link.getAttribute('href') ?? '')) link.removeAttribute('href');
}

/** A line a row, its cells apart. Where a cell is more than a line, as in tables that only lay out a page, it stays what it is. */
function linesOf(table: HTMLTableElement): Element[] {
  const caption = table.caption ? [rename(table.caption, 'p')] : [];
  return [
    ...caption,
    ...[...table.rows].flatMap((row) => ([...row.cells].every(isLine) ? asLine(row) : asBlocks(row))),
  ];
}

function isLine(cell: Element): boolean {
  return cell.querySelector('ul, ol, pre, blockquote, h1, h2, h3, h4, h5, h6') === null && blocksIn(cell).length <= 1;
}

const blocksIn = (cell: Element) => cell.querySelectorAll('p, div');

function asLine(row: HTMLTableRowElement): Element {
  // Of the same document: in that of the page, its pictures would be fetched.
  const line = row.ownerDocument.createElement('p');
  for (const cell of row.cells) {
    for (const block of blocksIn(cell)) block.replaceWith(...block.childNodes);
    for (const end of cell.querySelectorAll('br')) end.replaceWith(' ');
    const isEmpty = cell.textContent.trim() === '';
    line.append(...(line.hasChildNodes() ? [' | '] : []), ...(isEmpty ? ['–'] : cell.childNodes));
  }
  return line;
}

const asBlocks = ({ cells }: HTMLTableRowElement): Element[] => [...cells].map((cell) => rename(cell, 'div'));

function rename(element: Element, name: string): Element {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}
