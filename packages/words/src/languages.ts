/** Which language somebody reads best, and how it is written. Pure; it knows no dictionaries. */

/** The tags of an `Accept-Language` header (RFC 9110 12.5.4), the best first. */
export function parseAcceptLanguage(header: string | undefined): string[] {
  return (header ?? '')
    .slice(0, headerCharactersMax)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().split(/\s*;\s*/);
      const quality = parameters.find((each) => /^q=/i.test(each));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

const headerCharactersMax = 512;

/** The first wish that can be granted, by RFC 4647 3.4: `de-CH` is granted by `de`. Undefined when none can. */
export function pickLanguage(wishes: readonly string[], offered: readonly string[]): string | undefined {
  for (const wish of wishes)
    for (let subtags = wish.toLowerCase().split('-'); subtags.length > 0; subtags = subtags.slice(0, -1)) {
      const found = offered.find((each) => each.toLowerCase() === subtags.join('-'));
      if (found !== undefined) return found;
    }
  return undefined;
}

const rightToLeft: ReadonlySet<string | undefined> = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg']);

export function directionOf(language: string): 'ltr' | 'rtl' {
  return rightToLeft.has(new Intl.Locale(language).maximize().script) ? 'rtl' : 'ltr';
}

/** As its speakers call it, to be chosen from a list: "Deutsch". */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return `${name.slice(0, 1).toLocaleUpperCase(language)}${name.slice(1)}`;
}

/** Whether this is the tag of a language at all (BCP 47). */
export function isLanguageTag(text: string): boolean {
  try {
    return text.length <= 35 && new Intl.Locale(text).toString().toLowerCase() === text.toLowerCase();
  } catch {
    return false;
  }
}
