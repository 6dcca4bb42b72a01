import type { ImageValue, SpecValue, Turn } from "../protocol/values.ts";

/**
 * The sample pictures of a sheet that the conversation has not seen yet: all of them on the first turn under this sheet, none
 * on a turn that continues one drawn under the same sheet.
 */
export function samplesToShow(spec: SpecValue | undefined, continued: Turn | undefined): ImageValue[] {
  return spec === undefined || continued?.specHash === spec.hash ? [] : (spec.samples ?? []);
}
