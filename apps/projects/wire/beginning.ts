/**
 * The beginning of what somebody wrote: at most `max` UTF-16 units, as lengths are counted everywhere, and never half a
 * sign, which no database keeps and not every reader of JSON takes.
 */
export const beginningOf = (text: string, max: number): string => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
