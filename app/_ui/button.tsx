import type { ButtonHTMLAttributes } from "react";

const LOOKS = {
  first: "bg-brand text-on-brand hover:brightness-110",
  plain: "border border-line hover:bg-ink/8",
} as const;

/** A button; one per screen is `first`. */
export function Button({
  look = "plain",
  className = "",
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: keyof typeof LOOKS }) {
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 py-2 font-medium text-sm transition disabled:opacity-60 ${LOOKS[look]} ${className}`}
    />
  );
}
