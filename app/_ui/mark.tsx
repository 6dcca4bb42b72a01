/** Two lines that run on as one: a picture and the conversation behind it. */
export function Mark() {
  return (
    <svg viewBox="0 0 32 32" className="size-6 text-brand" aria-hidden="true">
      <path
        d="M4 10h8c6 0 6 9 12 9h4M4 15h7c6 0 6 9 12 9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.600"
        strokeLinecap="round"
      />
    </svg>
  );
}
