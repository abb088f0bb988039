import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { formatHex, wcagContrast } from 'culori';
import { accentStyles } from './accent.ts';

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');

type Scheme = 'light' | 'dark';
type Palette = Readonly<Record<string, string>>;

/** The colours of one block of a style sheet, as one scheme sees them. */
function paletteOf(css: string, selector: string, scheme: Scheme): Palette {
  const blocks = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(([, names = '']) =>
    names.split(',').some((name) => name.trim().endsWith(selector)),
  );
  const pairs = blocks.flatMap(([, , body = '']) => [...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)]);
  return Object.fromEntries(
    pairs.map(([, name = '', value = '']) => {
      const [, light, dark] = /^light-dark\((oklch\([^)]*\)), (oklch\([^)]*\))\)$/.exec(value) ?? [];
      return [name, (scheme === 'light' ? light : dark) ?? value];
    }),
  );
}

const tokens = read('./tokens.css');
const themes = read('./themes.css');
const dark = paletteOf(tokens, ':root', 'dark');
const palettes: Readonly<Record<string, Palette>> = {
  light: paletteOf(tokens, ':root', 'light'),
  dark,
  grey: { ...dark, ...paletteOf(themes, '.theme-grey', 'dark') },
  oled: { ...dark, ...paletteOf(themes, '.theme-oled', 'dark') },
};

/** Words on what they stand on, and the least contrast (WCAG 1.4.3; 1.4.11 for lines that matter). */
const rows: readonly [over: string, under: readonly string[], least: number][] = [
  ['--ink', ['--paper', '--surface', '--raised', '--sunken', '--accent-soft', '--danger-soft'], 7],
  ['--ink-2', ['--paper', '--surface', '--raised', '--sunken'], 7],
  ['--ink-3', ['--paper', '--surface', '--sunken'], 4.5],
  ['--accent', ['--paper', '--surface', '--accent-soft'], 4.5],
  ['--on-accent', ['--accent', '--accent-hover'], 4.5],
  ['--danger', ['--paper', '--surface', '--danger-soft'], 4.5],
  ['--focus', ['--paper', '--surface'], 3],
];

function failures(palette: Palette): string[] {
  return rows.flatMap(([over, under, least]) =>
    under.flatMap((name) => {
      const contrast = wcagContrast(formatHex(palette[over]) ?? '', formatHex(palette[name]) ?? '');
      return contrast >= least ? [] : [`${over} on ${name}: ${contrast.toFixed(2)}, not ${least}`];
    }),
  );
}

for (const [name, palette] of Object.entries(palettes))
  test(`words of the theme ${name} stand out from what they stand on`, () => assert.deepEqual(failures(palette), []));

test('oled is black', () => assert.equal(formatHex(palettes.oled?.['--paper']), '#000000'));

test('whatever accent is chosen, words on it and in it can be read', () => {
  for (let hue = 0; hue < 360; hue += 5)
    for (const colour of [`oklch(0.6 0.25 ${hue})`, `oklch(0.95 0.08 ${hue})`, `oklch(0.2 0.02 ${hue})`]) {
      const css = accentStyles(formatHex(colour) ?? '');
      for (const [name, scheme] of [
        ['light', 'light'],
        ['dark', 'dark'],
        ['grey', 'dark'],
        ['oled', 'dark'],
      ] as const)
        assert.deepEqual(failures({ ...palettes[name], ...paletteOf(css, ':root', scheme) }), [], `${colour} ${name}`);
    }
});
