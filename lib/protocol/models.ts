/* All that is known about models: what they are (model-table), what they can draw (draw-rules), what they cost (prices). */
export * from "./draw-rules.ts";
export * from "./model-table.ts";
export * from "./prices.ts";
