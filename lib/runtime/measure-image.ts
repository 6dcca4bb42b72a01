import { StepError } from "../protocol/failure.ts";
import type { AssetId, ImageValue } from "../protocol/values.ts";
import type { MeasureFacts } from "../sdk/image-tools.ts";
import { isLatin } from "../sdk/latin.ts";
import { likenessOf } from "../sdk/likeness.ts";
import {
  type Measurement,
  measureAlpha,
  measureAspect,
  measureBytes,
  measureDimensions,
  measureDrift,
  measurePalette,
  measureSharpness,
  measureSimilarity,
  measureText,
} from "../sdk/measure.ts";
import type { CheckOf, MeasuredCheck } from "../sdk/measured-check.ts";
import type { ImageOps } from "./ports.ts";

type Parts = {
  ops: Pick<ImageOps, "transparency" | "sharpness" | "paletteCover" | "fingerprint">;
  read(asset: AssetId): Promise<Buffer>;
  readText(image: ImageValue): Promise<string | undefined>;
  /** Size of a stored file in bytes. */
  sizeOf(asset: AssetId): Promise<number>;
};

/** One measured check on one picture: the facts are gathered here, what they mean is said in lib/sdk/measure.ts. Errors as `ImageTools.measure`. */
export async function measureImage(
  { ops, read, readText, sizeOf }: Parts,
  image: ImageValue,
  check: MeasuredCheck,
  { references = [], reading }: MeasureFacts,
): Promise<Measurement> {
  switch (check.kind) {
    case "dimensions":
      return measureDimensions(check, image);
    case "aspect":
      return measureAspect(check, image);
    case "alpha":
      return measureAlpha(check, await ops.transparency(await read(image.asset)));
    case "bytes":
      return measureBytes(check, await sizeOf(image.asset));
    case "sharpness":
      return measureSharpness(check, await ops.sharpness(await read(image.asset)));
    case "palette":
      return measurePalette(check, await ops.paletteCover(await read(image.asset), check.colors, check.maxDeltaE));
    case "similarity":
      return similarity({ ops, read }, image, check, references);
    case "drift":
      return measureDrift(check, image.made.drift);
    case "text":
      return measureText(check, reading ?? (isLatin(check.expected) ? await readText(image) : undefined) ?? unread());
  }
}

async function similarity(
  { ops, read }: Pick<Parts, "ops" | "read">,
  image: ImageValue,
  check: CheckOf<"similarity">,
  references: readonly ImageValue[],
): Promise<Measurement> {
  if (references.length === 0) {
    throw new StepError(
      "REFERENCE_MISSING",
      "Similarity is measured against references, and none arrived: wire pictures to the references port, or remove the check.",
      { details: { port: "references" } },
    );
  }
  const own = await ops.fingerprint(await read(image.asset));
  const likenesses = [];
  for (const { asset } of references) likenesses.push(likenessOf(own, await ops.fingerprint(await read(asset))));
  return measureSimilarity(check, likenesses);
}

function unread(): never {
  throw new StepError(
    "TEXT_UNREAD",
    "Nothing here can read the picture's text: let the judge read it, or install tesseract.",
  );
}
