/** The words by which quick-add knows a day, in the languages of the workspace. Small letters. Knows no calendar. */
import type { Language } from './languages.ts';

export type DayWords = {
  readonly today: readonly string[];
  readonly tomorrow: readonly string[];
  readonly dayAfter: readonly string[];
  /** Monday first; every spelling of each. */
  readonly weekdays: readonly (readonly string[])[];
  readonly months: readonly (readonly string[])[];
  /** Words that may stand before a day and mean nothing more: "on friday". */
  readonly before: readonly string[];
  /** Words that make a name of what follows: "the sun" shines. */
  readonly notAfter: readonly string[];
  readonly in: readonly string[];
  readonly days: readonly string[];
  readonly weeks: readonly string[];
  readonly nextWeek: readonly string[];
  /** Of a weekday the coming one, before it or behind it: "next friday", "vendredi prochain". */
  readonly coming: readonly string[];
  /** What may stand between a weekday and its week or date: "monday of next week", "Freitag, den 4.12.". */
  readonly between: readonly string[];
  /** Short weekdays that are common words, too: they count only behind one of `before` or beside a date or `coming`. */
  readonly unclear: readonly string[];
};

export const dayWords: Readonly<Record<Language, DayWords>> = {
  en: {
    today: ['today', 'tod'],
    tomorrow: ['tomorrow', 'tom', 'tmr'],
    dayAfter: [],
    weekdays: list(
      'mon monday',
      'tue tues tuesday',
      'wed wednesday',
      'thu thur thurs thursday',
      'fri friday',
      'sat saturday',
      'sun sunday',
    ),
    months: list(
      'jan january',
      'feb february',
      'mar march',
      'apr april',
      'may',
      'jun june',
      'jul july',
      'aug august',
      'sep sept september',
      'oct october',
      'nov november',
      'dec december',
    ),
    before: ['on', 'by', 'due', 'until', 'for'],
    notAfter: words('the a an my our last every each of from since good black cyber'),
    in: ['in'],
    days: ['day', 'days', 'd'],
    weeks: ['week', 'weeks', 'w'],
    nextWeek: ['next week'],
    coming: ['next', 'this', 'coming'],
    between: ['of', 'on', 'the'],
    unclear: [],
  },
  de: {
    today: ['heute'],
    tomorrow: ['morgen'],
    dayAfter: ['übermorgen'],
    weekdays: list(
      'mo montag',
      'di dienstag',
      'mi mittwoch',
      'do donnerstag',
      'fr freitag',
      'sa samstag',
      'so sonntag',
    ),
    months: list(
      'jan januar jänner',
      'feb februar',
      'mär märz',
      'apr april',
      'mai',
      'jun juni',
      'jul juli',
      'aug august',
      'sep sept september',
      'okt oktober',
      'nov november',
      'dez dezember',
    ),
    before: ['am', 'bis', 'bis zum', 'für'],
    notAfter: words(
      'guten gute der die das den dem des ein eine einen einem mein meinen unser unseren jeden jeder letzten letzter vom von seit',
    ),
    in: ['in'],
    days: ['tag', 'tagen', 'tage'],
    weeks: ['woche', 'wochen'],
    nextWeek: ['nächste woche', 'nächster woche', 'kommende woche', 'in der nächsten woche', 'in der kommenden woche'],
    coming: words('nächsten nächster nächste kommenden kommender kommende diesen dieser'),
    between: ['der', 'am', 'den', 'dem'],
    unclear: ['so', 'do'],
  },
  fr: {
    today: ["aujourd'hui", 'aujourd’hui', 'auj'],
    tomorrow: ['demain'],
    dayAfter: ['après-demain'],
    weekdays: list('lun lundi', 'mar mardi', 'mer mercredi', 'jeu jeudi', 'ven vendredi', 'sam samedi', 'dim dimanche'),
    months: list(
      'janv janvier',
      'févr février',
      'mars',
      'avr avril',
      'mai',
      'juin',
      'juil juillet',
      'août',
      'sept septembre',
      'oct octobre',
      'nov novembre',
      'déc décembre',
    ),
    before: ['le', 'pour', 'pour le', 'avant le'],
    notAfter: words('la une un ma mon notre de du en chaque'),
    in: ['dans'],
    days: ['jour', 'jours', 'j'],
    weeks: ['semaine', 'semaines'],
    nextWeek: ['semaine prochaine', 'la semaine prochaine'],
    coming: ['prochain', 'ce'],
    between: ['de', 'le'],
    unclear: [],
  },
  es: {
    today: ['hoy'],
    tomorrow: ['mañana'],
    dayAfter: ['pasado mañana'],
    weekdays: list(
      'lun lunes',
      'mar martes',
      'mié miércoles miercoles',
      'jue jueves',
      'vie viernes',
      'sáb sábado sabado',
      'dom domingo',
    ),
    months: list(
      'ene enero',
      'feb febrero',
      'mar marzo',
      'abr abril',
      'mayo',
      'jun junio',
      'jul julio',
      'ago agosto',
      'sept septiembre',
      'oct octubre',
      'nov noviembre',
      'dic diciembre',
    ),
    before: ['el', 'para el', 'antes del'],
    notAfter: words('la una un mi nuestro nuestra de cada'),
    in: ['en'],
    days: ['día', 'días', 'dia', 'dias'],
    weeks: ['semana', 'semanas'],
    nextWeek: [
      'próxima semana',
      'semana próxima',
      'semana que viene',
      'la próxima semana',
      'la semana próxima',
      'la semana que viene',
    ],
    coming: ['próximo', 'que viene', 'este'],
    between: ['de', 'el'],
    unclear: [],
  },
};

function list(...lines: readonly string[]): readonly (readonly string[])[] {
  return lines.map((line) => line.split(' '));
}

function words(all: string): readonly string[] {
  return all.split(' ');
}
