import { StepError } from "../../protocol/failure.ts";

/** `#rgb`, `#rgba`, `#rrggbb` or `#rrggbbaa` as four numbers 0–255. Throws COLOR_INVALID. */
export function colorOf(hex: string): [number, number, number, number] {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(hex.trim())?.[1];
  if (!digits) throw new StepError("COLOR_INVALID", `${JSON.stringify(hex)} is not a color like #ff8800.`);
  const full = digits.length < 6 ? [...digits].map((digit) => digit + digit).join("") : digits;
  const level = (at: number): number => Number.parseInt(full.slice(at, at + 2) || "ff", 16);
  return [level(0), level(2), level(4), level(6)];
}
