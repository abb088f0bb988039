/**
 * An administrator's accent in place of the house's: its hue, and no more colour than it has, at the lightness that the tokens
 * have. So whatever is chosen, words on it and in it stay readable; a test tries every hue.
 */
import { converter } from 'culori';

type Pair = readonly [light: readonly [lightness: number, chroma: number], dark: readonly [number, number]];

/** As in `tokens.css`. */
const tokens: Readonly<Record<string, Pair>> = {
  '--accent': [
    [0.455, 0.092],
    [0.775, 0.115],
  ],
  '--accent-hover': [
    [0.4, 0.088],
    [0.83, 0.11],
  ],
  '--on-accent': [
    [1, 0],
    [0.18, 0.03],
  ],
  '--accent-soft': [
    [0.955, 0.025],
    [0.3, 0.04],
  ],
  '--focus': [
    [0.55, 0.13],
    [0.8, 0.12],
  ],
};

const oklch = converter('oklch');

/** A style sheet. Throws TypeError for a text that is no colour. */
export function accentStyles(colour: string): string {
  const { c, h = 0 } = oklch(colour) ?? fail(colour);
  const shade = ([lightness, chroma]: readonly [number, number]): string =>
    `oklch(${lightness} ${round(Math.min(chroma, c))} ${round(h)})`;
  const lines = Object.entries(tokens).map(
    ([name, [light, dark]]) => `${name}: light-dark(${shade(light)}, ${shade(dark)});`,
  );
  return `:root {\n${lines.join('\n')}\n}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function fail(colour: string): never {
  throw new TypeError(`'${colour}' is no colour`);
}
