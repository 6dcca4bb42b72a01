export { StepError } from "../protocol/failure.ts";
export { LIMITS } from "../protocol/limits.ts";
export * from "../protocol/values.ts";
export * from "./context.ts";
export * from "./define-node.ts";
export * from "./image-tools.ts";
export * from "./model-tools.ts";
export * from "./ports.ts";
export * from "./sheet-samples.ts";
