import type {
  AssetId,
  FileValue,
  ImageValue,
  RecordValue,
  SpecValue,
  Value,
  VerdictValue,
} from "../protocol/values.ts";
import type { ImageTools } from "./image-tools.ts";
import type { ModelTools } from "./model-tools.ts";

/** What is to be kept in the archive: one finished asset with the words that describe it. */
export type ArchiveRequest = {
  subject: ImageValue | FileValue;
  /** A path below the archive's root without extension; made safe (segments, bytes, reserved names) by the archive. */
  name: string;
  collection?: string;
  tags: string[];
  title?: string;
  alt?: string;
  sidecar: boolean;
  verdicts: VerdictValue[];
};

/** Results that leave as a signed message. `secret` is the name of one that lies on the server; `assets` adds addresses of the pictures where there are any. */
export type DeliveryRequest = { url: string; secret: string; include: "results" | "assets"; values: Value[] };

/** Everything a node may touch. One file of ours runs in a browser, a worker and a test because effects arrive here. */
export type NodeContext = {
  readonly graph: { id: string; name: string };
  readonly node: { id: string; title: string };
  readonly run: { id: string /** UTC day, YYYY-MM-DD */; date: string };
  readonly pass: { index: number; last: boolean };
  readonly item: { index: number; count: number };
  /**
   * Where a value that leaves by an output goes: `open` = a wire takes it on; `over` = only a loop would, and it has no pass left; `unwired`.
   * A node whose result depends on it names the output in `heeds`.
   */
  way(output: string): "open" | "over" | "unwired";
  /**
   * USD the run may still spend under its own cap and the day's (`left`, open calls at their reservation), and what drawing a picture once more would have to
   * reserve (`again`); undefined = no cap.
   */
  readonly money: { roomFor(image: ImageValue): Promise<{ left: number; again: number } | undefined> };
  /** What this item gives holds for this run alone: it is not stored for others, as results otherwise are. */
  forThisRun(): void;
  readonly signal: AbortSignal;
  readonly images: ImageTools;
  readonly model: ModelTools;
  /** Fills the late names of a text (`{{label}}`, `{{1}}` …) in one pass; `graph.*` and `run.*` are always known, other unknown names throw StepError UNKNOWN_VARIABLE. */
  fill(template: string, names: Record<string, string | number | undefined>): string;
  /** SHA-256 of a text, hex. */
  hash(text: string): string;
  warn(message: string): void;
  progress(message: string, fraction?: number): void;
  /** The text of a stored asset (UTF-8), e.g. a .cube table. */
  readText(asset: AssetId): Promise<string>;
  /** Named, versioned spec sheets. `ref` is id or id@version. */
  readonly sheets: { load(ref: string): Promise<SpecValue>; save(name: string, spec: SpecValue): Promise<string> };
  /** World effect; idempotent per run, node, pass, item and position. */
  readonly archive: { put(request: ArchiveRequest): Promise<RecordValue> };
  /**
   * World effect: sends and waits until it was taken, repeating what may be repeated. The same run, node, pass, item and position is the same delivery.
   * Throws StepError: SECRET_UNKNOWN, SECRET_NOT_FOR_HOST, SSRF_BLOCKED, WEBHOOK_REFUSED, WEBHOOK_LOOP …
   */
  readonly deliveries: { send(request: DeliveryRequest): Promise<{ id: string; status: number }> };
};
