/** The mark of the house. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
      <rect width="32" height="32" rx="9" className="mark-ground" />
      <path
        d="M9.5 23.5V15a6.5 6.5 0 0 1 13 0v8.5"
        fill="none"
        strokeWidth="2.6"
        strokeLinecap="round"
        className="mark-line"
      />
      <circle cx="16" cy="17.5" r="1.9" className="mark-dot" />
    </svg>
  );
}
