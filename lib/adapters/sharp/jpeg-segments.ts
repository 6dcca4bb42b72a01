import { StepError } from "../../protocol/failure.ts";
import { LIMITS } from "../../protocol/limits.ts";
import { corrupt, type Header, PROFILE_BYTES } from "./picture-header.ts";

type Segment = { marker: number; data: Buffer; whole: Buffer };

const START_OF_SCAN = 0xda;
const APP0 = 0xe0;
const APP2 = 0xe2;
const APP15 = 0xef;
const COMMENT = 0xfe;

/** Reads the size from the frame header. Layout: ITU-T T.81, B.2.2; C4, C8 and CC are not frames. */
export function jpegHeader(bytes: Buffer): Header {
  for (const { marker, data } of segmentsOf(bytes)) {
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (!frame) continue;
    if (data.length < 5) break;
    return { family: "jpeg", height: data.readUInt16BE(1), width: data.readUInt16BE(3) };
  }
  throw corrupt("its header is cut off");
}

/** The same picture without an oversized colour profile. Throws IMAGE_METADATA_TOO_LARGE for other metadata above the text limit. */
export function cleanJpeg(bytes: Buffer): Buffer {
  let profile = 0;
  let other = 0;
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let end = 2;
  for (const segment of segmentsOf(bytes)) {
    end = segment.whole.byteOffset - bytes.byteOffset + segment.whole.length;
    if (isProfile(segment)) profile += segment.data.length;
    else if (isMetadata(segment)) other += segment.data.length;
    if (!isProfile(segment)) kept.push(segment.whole);
  }
  if (other > LIMITS.pngTextBytes) {
    throw new StepError(
      "IMAGE_METADATA_TOO_LARGE",
      `The picture carries more than ${LIMITS.pngTextBytes / 2 ** 20} MiB of metadata; save it again without.`,
    );
  }
  return profile > PROFILE_BYTES ? Buffer.concat([...kept, bytes.subarray(end)]) : bytes;
}

const isMetadata = ({ marker }: Segment): boolean => (marker >= APP0 && marker <= APP15) || marker === COMMENT;
const isProfile = ({ marker, data }: Segment): boolean =>
  marker === APP2 && data.toString("latin1", 0, 11) === "ICC_PROFILE";

/** Segments up to the first scan; what follows is pixels. */
function* segmentsOf(bytes: Buffer): Generator<Segment> {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw corrupt("its segments are damaged");
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++;
      continue;
    }
    if (marker === START_OF_SCAN) return;
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    const end = standsAlone ? at + 2 : at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length || end < at + 2) throw corrupt("it ends in the middle");
    yield { marker, data: bytes.subarray(Math.min(at + 4, end), end), whole: bytes.subarray(at, end) };
    at = end;
  }
  throw corrupt("its pixels are missing");
}
