import * as z from "zod";
import { SheetContent, SheetId, SheetVersion } from "./library.ts";

const One = SheetContent.extend({
  id: SheetId,
  name: z.string().trim().min(1).max(120),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  sheetVersion: SheetVersion,
  note: z.string().max(2000).optional(),
});
/** One version of one sheet, as it travels in files and bundles. */
export type SheetEntry = z.infer<typeof One>;

/**
 * A sheet as a file (`<id>.sheet.json`): the version that was exported, and every sheet it extends at the version it led to, the nearest first.
 * Its pictures are named by hash; the zip form carries them as `pictures/<hex>.<ext>`.
 */
export const SheetFile = z.strictObject({
  format: z.literal("throughline/sheet"),
  version: z.literal(1),
  sheet: One,
  parents: z.array(One).max(32).default([]),
});
export type SheetFile = z.infer<typeof SheetFile>;

/** What became of the sheets of a file or bundle. `refs`: what each was called there → what it is called here; equal when nothing stood in the way. */
export const SheetsAdopted = z.object({
  refs: z.record(z.string(), z.string()),
  sheets: z.array(
    z.object({
      id: z.string(),
      version: z.int(),
      name: z.string(),
      was: z.enum(["made", "known", "renamed", "added"]),
    }),
  ),
  /** Pictures the sheets name that are not in the store. */
  missing: z.array(z.string()),
});
export type SheetsAdopted = z.infer<typeof SheetsAdopted>;
