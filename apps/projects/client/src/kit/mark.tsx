/** The mark of the house, drawn as `packages/design/src/mark.svg` draws it; a test holds the two together. */
export function Mark() {
  return (
    <svg
      className="mark"
      viewBox="0 0 24 24"
      width="24"
      height="24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M3 21V6h4V3m0 3h3V3h4v3h3V3h4v18" />
      <path d="M3 21h18M9 21v-5a3 3 0 0 1 6 0v5" />
    </svg>
  );
}
