import { isSimulated, modelsOf, type Subject } from "./find-subject.ts";
import { refuseSecrets } from "./no-secrets.ts";
import { sourceTypeOf } from "./source-type.ts";
import { xmpPacket } from "./xmp.ts";

/** Who is named in exports, and the program that writes them. */
export type Signature = { version: string; creator?: string; credit?: string };

/** The XMP packet of a subject. Throws StepError SECRET_IN_EXPORT. */
export function describePicture(subject: Subject, { version, creator, credit }: Signature): string {
  const { title, alt, asset, lineage, createdAt } = subject;
  refuseSecrets(title, "The title");
  refuseSecrets(alt, "The alt text");
  const simulated = isSimulated(subject);
  const [model] = modelsOf(subject);
  const sourceType = sourceTypeOf(asset, lineage);
  return xmpPacket({
    title,
    alt,
    description: simulated
      ? "Drawn by the simulator of Throughline, an algorithm; no image model was asked."
      : sourceType && `Made with generative AI${model === undefined ? "" : ` (${model})`}.`,
    creator,
    credit,
    tool: `Throughline ${version}`,
    model: simulated ? "simulator" : model,
    sourceType,
    createdAt,
  });
}
