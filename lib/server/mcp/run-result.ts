import type { RunDocument } from "../../protocol/run.ts";
import type { AssetId, Value } from "../../protocol/values.ts";
import { lastNodesOf } from "../../runtime/export-run.ts";
import type { Studio } from "../../runtime/studio-api.ts";

type Text = { type: "text"; text: string };
type Image = { type: "image"; data: string; mimeType: string };
export type ToolResult = {
  content: (Text | Image)[];
  isError?: boolean;
  structuredContent?: Record<string, unknown>;
};

/** Longest side of a picture an assistant is shown (pixels), and how many come along; the others are named. */
const SIDE = 1568;
const SHOWN = 8;

type Picture = { asset: AssetId; mediaType: string; width?: number; height?: number; label?: string };

/** What a run came to, in words and pictures. A run that rests says what it waits for and what to do. */
export async function runResult(
  studio: Pick<Studio, "graphOfRun" | "thumbnail">,
  run: RunDocument,
  pageOf: (path: string) => string,
): Promise<ToolResult> {
  const page = pageOf(`/runs/${run.runId}`);
  const graph = await studio.graphOfRun(run.runId);
  const values = graph ? resultsOf(run, lastNodesOf(graph), graph.edges) : [];
  const pictures = picturesIn(values);
  const texts = values.flatMap((value) => (value.kind === "text" ? [value.text] : []));
  const money = run.simulated ? "simulated, nothing was paid" : `$${run.costUsd.toFixed(2)}`;
  const head = `Run ${run.runId}: ${said(run, pageOf)} (${money}). ${page}`;
  const lines = pictures.map(
    ({ asset, width, height, label }, index) =>
      `${index + 1}. ${asset}${label ? ` "${label}"` : ""}${width && height ? `, ${width} × ${height}` : ""}`,
  );
  const content: ToolResult["content"] = [{ type: "text", text: [head, ...texts, ...lines].join("\n") }];
  for (const { asset } of pictures.slice(0, SHOWN)) {
    const shown = await studio.thumbnail(asset, SIDE);
    if (shown) content.push({ type: "image", data: shown.bytes.toString("base64"), mimeType: shown.mediaType });
  }
  const structuredContent = {
    runId: run.runId,
    status: run.status,
    ...(run.reason ? { reason: run.reason } : {}),
    costUsd: run.costUsd,
    simulated: run.simulated,
    page,
    pictures: pictures.map(({ asset, mediaType, width, height, label }) => ({
      asset,
      mediaType,
      width,
      height,
      label,
    })),
    texts,
  };
  const bad = run.status === "failed" || run.status === "cancelled" || run.status === "paused";
  return { content, structuredContent, ...(bad ? { isError: true } : {}) };
}

/** The state in a sentence with the way out. */
function said(run: RunDocument, pageOf: (path: string) => string): string {
  const errors = run.steps.flatMap((step) => (step.error ? [`${step.nodeId}: ${step.error.message}`] : []));
  switch (run.status) {
    case "succeeded":
      return "succeeded";
    case "waiting":
      return `waits for a person to decide; ${pageOf("/review")} asks. Nothing more is spent meanwhile; call get_run with this run id later`;
    case "paused":
      return run.reason === "budget"
        ? "stopped because a budget is spent. What was made is kept; a person can resume it with a larger one"
        : run.reason === "in_doubt"
          ? "stopped because it is not known whether a call was paid. A person has to decide on the money page"
          : `paused (${run.reason ?? "unknown reason"}): ${run.error?.message ?? "a person has to look at it"}`;
    case "failed":
      return `failed. ${[run.error?.message, ...errors].filter(Boolean).slice(0, 5).join(" · ")}`;
    case "cancelled":
      return "was cancelled";
    default:
      return `is ${run.status} still; call get_run with this run id later`;
  }
}

/** What the last nodes gave; where they only pass things on to the outside, what they were given. */
function resultsOf(
  run: RunDocument,
  last: readonly string[],
  edges: readonly { source: string; sourceHandle: string; target: string }[],
): Value[] {
  return last.flatMap((node) => {
    const own = Object.values(run.outputs[node] ?? {}).flat();
    if (own.length > 0) return own;
    return edges
      .filter(({ target }) => target === node)
      .flatMap(({ source, sourceHandle }) => run.outputs[source]?.[sourceHandle] ?? []);
  });
}

function picturesIn(values: readonly Value[]): Picture[] {
  const found = new Map<AssetId, Picture>();
  for (const value of values) {
    const picture = pictureIn(value);
    if (picture && !found.has(picture.asset)) found.set(picture.asset, picture);
  }
  return [...found.values()];
}

function pictureIn(value: Value): Picture | undefined {
  if (value.kind === "image") return value;
  if (value.kind === "file" && value.mediaType.startsWith("image/"))
    return { ...value, width: value.image?.width, height: value.image?.height };
  if (value.kind !== "record") return undefined;
  const { asset, mediaType, name } = value.record;
  return typeof asset === "string" && typeof mediaType === "string" && mediaType.startsWith("image/")
    ? { asset, mediaType, label: typeof name === "string" ? name : undefined }
    : undefined;
}
