/**
 * A QR code as an inline drawing. Dark on white in every theme, with a quiet zone of four modules (ISO/IEC 18004), because
 * cameras read it best so. Nothing is fetched and nothing leaves the page.
 */
import { html } from 'hono/html';
import { create } from 'qrcode';
import type { Html } from '../pages/look.ts';

/** The white frame that the stylesheet draws around it adds the other three. */
const quietZone = 1;

export function qrSvg(text: string, label: string): Html {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const rows = Array.from({ length: size }, (_, y) => pathOfRow(data, size, y));
  const edge = size + 2 * quietZone;
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${edge} ${edge}" width="232" height="232" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${edge}v${edge}H0z"/><path fill="#000" d="${rows.join('')}"/></svg>`;
}

/** One rectangle for each run of dark modules. */
function pathOfRow(data: Uint8Array, size: number, y: number): string {
  let path = '';
  for (let x = 0; x < size; x++) {
    const start = x;
    while (x < size && data[y * size + x]) x++;
    if (x > start) path += `M${start + quietZone} ${y + quietZone}h${x - start}v1h-${x - start}z`;
  }
  return path;
}
