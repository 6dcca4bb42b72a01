/** Everything that touches the world, as interfaces. An adapter implements one of these files; the conformance suites say what it must do. */
export * from "./ports/archive.ts";
export * from "./ports/assets.ts";
export * from "./ports/batches.ts";
export * from "./ports/clock.ts";
export * from "./ports/deliveries.ts";
export * from "./ports/hooks.ts";
export * from "./ports/image-ops.ts";
export * from "./ports/journal.ts";
export * from "./ports/library.ts";
export * from "./ports/money.ts";
export * from "./ports/picture-fetch.ts";
export * from "./ports/provider.ts";
export * from "./ports/schedules.ts";
export * from "./ports/secrets.ts";
export * from "./ports/text-reader.ts";
