import * as z from "zod";
import { AssetId } from "./values.ts";

const PublicPath = z.string().regex(/^\/graphs\/[a-z0-9/._-]+$/);

/** A graph that comes with the product, as the home page shows it. Paths are below the site's root. */
export const TemplateEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,80}$/),
  title: z.string(),
  /** One sentence: what you get. */
  description: z.string(),
  cover: PublicPath,
  /** Another picture of the same graph, shown on the way: what it began with, or what came next. */
  second: PublicPath,
  file: PublicPath,
  /** Nodes whose pictures make the cover, and those that make the second picture. */
  shows: z.array(z.string()).min(1),
  showsSecond: z.array(z.string()).min(1),
  /** Pictures the graph names: stored under exactly these hashes before it is opened. */
  pictures: z.array(z.strictObject({ file: PublicPath, asset: AssetId })).default([]),
  tags: z.array(z.string()),
});
export type TemplateEntry = z.infer<typeof TemplateEntry>;

/** `public/graphs/templates/index.json`, in the order of the home page. */
export const TemplateIndex = z.array(TemplateEntry);
