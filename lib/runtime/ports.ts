/** Everything that touches the world, as interfaces. An adapter implements one of these files; the conformance suites say what it must do. */
export * from "./ports/assets.ts";
export * from "./ports/clock.ts";
export * from "./ports/image-ops.ts";
export * from "./ports/journal.ts";
export * from "./ports/picture-fetch.ts";
export * from "./ports/provider.ts";
export * from "./ports/text-reader.ts";
