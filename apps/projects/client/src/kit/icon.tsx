/** The few icons there are, drawn with one line. Always beside words or under a label, so never read out. */
const paths = {
  home: 'M3 8.5 9 3.5l6 5V15H3z',
  bell: 'M5 12.5V8a4 4 0 0 1 8 0v4.5l1.2 1.2H3.8zM7.6 16a1.5 1.5 0 0 0 2.8 0',
  plus: 'M9 4v10M4 9h10',
  menu: 'M3 5h12M3 9h12M3 13h12',
  check: 'M4 9.5 7.5 13 14 5.5',
  more: 'M4.5 9h.01M9 9h.01M13.5 9h.01',
  grip: 'M7 5h.01M11 5h.01M7 9h.01M11 9h.01M7 13h.01M11 13h.01',
  calendar: 'M3.5 5h11v9.5h-11zM3.5 8h11M6.5 3v3M11.5 3v3',
  people: 'M9 9a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 9 9M3.5 15c.4-2.6 2.6-4 5.5-4s5.1 1.4 5.5 4',
  flag: 'M4.5 15.5v-12M4.5 4c3-1.5 5.5 1.5 9 0v6c-3.5 1.5-6-1.5-9 0',
  star: 'm9 3.2 1.8 3.7 4.1.6-3 2.9.7 4L9 12.5l-3.6 1.9.7-4-3-2.9 4.1-.6z',
  search: 'M8 12.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M11.5 11.5l3.5 3.5',
  close: 'M5 5l8 8M13 5l-8 8',
  chevron: 'M5 7l4 4 4-4',
  comment: 'M3.5 4h11v8H8l-3 2.5V12H3.5z',
  late: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11M9 6.5v3M9 11.8h.01',
  pencil: 'M3.5 14.5v-3l8-8 3 3-8 8zM9.5 5.5l3 3',
  circle: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11',
  settings:
    'M3 6h7M13 6h2M3 12h2M8 12h7M11.5 7.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M6.5 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3',
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg className="icon" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">
      <path
        d={paths[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
