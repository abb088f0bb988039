/** Shows a text with form. The server let nothing in that this does not know, and nothing here becomes markup by itself. */
import { Fragment, type ReactNode } from 'react';
import type { Block, Inline, Mark, RichDoc } from '../../../wire/rich-text.ts';

export function RichText({ doc }: { doc: RichDoc }) {
  return <div className="rich">{doc.content.map(showBlock)}</div>;
}

function showBlock(node: Block, index: number): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return <p key={index}>{showInlines(node.content)}</p>;
    case 'heading':
      return node.attrs.level === 2 ? (
        <h4 key={index}>{showInlines(node.content)}</h4>
      ) : (
        <h5 key={index}>{showInlines(node.content)}</h5>
      );
    case 'codeBlock':
      return (
        <pre key={index}>
          <code>{showInlines(node.content)}</code>
        </pre>
      );
    case 'horizontalRule':
      return <hr key={index} />;
    case 'blockquote':
      return <blockquote key={index}>{node.content.map(showBlock)}</blockquote>;
    case 'bulletList':
      return <ul key={index}>{node.content.map(showBlock)}</ul>;
    case 'orderedList':
      return <ol key={index}>{node.content.map(showBlock)}</ol>;
    case 'listItem':
      return <li key={index}>{node.content.map(showBlock)}</li>;
  }
}

function showInlines(nodes: readonly Inline[] | undefined): ReactNode {
  return nodes?.map((node, index) => <Fragment key={keyOf(node, index)}>{showInline(node)}</Fragment>);
}

const keyOf = (node: Inline, index: number): string => `${index}-${node.type}`;

function showInline(node: Inline): ReactNode {
  switch (node.type) {
    case 'hardBreak':
      return <br />;
    case 'mention':
      return <span className="mention">@{node.attrs.label}</span>;
    case 'text':
      return (node.marks ?? []).reduce<ReactNode>(showMark, node.text);
  }
}

function showMark(inside: ReactNode, mark: Mark): ReactNode {
  switch (mark.type) {
    case 'bold':
      return <strong>{inside}</strong>;
    case 'italic':
      return <em className="rich-italic">{inside}</em>;
    case 'strike':
      return <s>{inside}</s>;
    case 'underline':
      return <u>{inside}</u>;
    case 'code':
      return <code>{inside}</code>;
    case 'link':
      return (
        <a className="link" href={mark.attrs.href} target="_blank" rel="noopener noreferrer nofollow">
          {inside}
        </a>
      );
  }
}
