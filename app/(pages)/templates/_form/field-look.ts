/** How a field of a form looks; large enough on a phone that it does not zoom. */
export const BOX =
  "w-full rounded-lg border border-line bg-well px-3 py-2.5 text-base aria-invalid:border-fail placeholder:text-soft/80 sm:text-sm";
