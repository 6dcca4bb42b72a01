import sharp from "sharp";

const WIDTH = 640;
const HEIGHT = 480;
const GAP = 6;
const MAT = "#191817";
const MOST_BYTES = 58_000;

type Sized = { bytes: Buffer; ratio: number };

/** One picture fills the cover, three or four squares stand as one large and a column of small ones, prints hang on a wall, others fill rows. WebP, 640 × 480, below 60 kB. */
export async function composeCover(pictures: readonly Buffer[]): Promise<Buffer> {
  const sized = await Promise.all(
    pictures.map(async (bytes) => {
      const { width, height } = await sharp(bytes).metadata();
      return { bytes, ratio: width / height };
    }),
  );
  const square = sized.every(({ ratio }) => Math.abs(ratio - 1) < 0.05);
  const tall = sized.every(({ ratio }) => ratio < 0.8);
  const tiles =
    sized.length === 3 && tall
      ? await galleryWall(sized)
      : (sized.length === 3 || sized.length === 4) && square
        ? await oneAndColumn(sized)
        : sized.length > 4
          ? await tallAndRows(sized)
          : await fullRows(sized, 0);
  const cover = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: MAT } })
    .composite(tiles)
    .png()
    .toBuffer();
  for (let quality = 82; ; quality -= 6) {
    const file = await sharp(cover).webp({ quality, effort: 6 }).toBuffer();
    if (file.length <= MOST_BYTES || quality <= 40) return file;
  }
}

/** The middle print whole, its neighbours running out of the picture. */
async function galleryWall(pictures: readonly Sized[]) {
  const height = 424;
  const gap = 22;
  const wide = Math.round(height * (pictures[1]?.ratio ?? 1));
  const middle = Math.round((WIDTH - wide) / 2);
  const [left = Buffer.alloc(0), center = Buffer.alloc(0), right = Buffer.alloc(0)] = await Promise.all(
    pictures.map(({ bytes }) => sharp(bytes).resize(wide, height, { fit: "fill" }).png().toBuffer()),
  );
  const side = middle - gap;
  const top = Math.round((HEIGHT - height) / 2);
  const cut = (bytes: Buffer, from: number) =>
    sharp(bytes).extract({ left: from, top: 0, width: side, height }).png().toBuffer();
  return [
    { input: await cut(left, wide - side), left: 0, top },
    { input: center, left: middle, top },
    { input: await cut(right, 0), left: WIDTH - side, top },
  ];
}

/** One large square and a column of the others; of two, narrow enough that the large one stays nearly whole. */
async function oneAndColumn(pictures: readonly Sized[]) {
  const [first, ...rest] = pictures;
  if (!first) return [];
  const small = (HEIGHT - GAP * (rest.length - 1)) / rest.length;
  const column = Math.min(small + GAP, 206);
  const large = WIDTH - GAP - column;
  const tiles = [{ input: await cropped(first.bytes, large, HEIGHT), left: 0, top: 0 }];
  for (const [i, { bytes }] of rest.entries())
    tiles.push({ input: await cropped(bytes, column, small), left: large + GAP, top: i * (small + GAP) });
  return tiles;
}

/** The tallest picture whole at the left, the others in rows beside it. */
async function tallAndRows(pictures: readonly Sized[]) {
  const tallest = pictures.reduce((best, one) => (one.ratio < best.ratio ? one : best));
  const width = Math.min(Math.round(HEIGHT * tallest.ratio), Math.round(WIDTH / 2));
  return [
    { input: await cropped(tallest.bytes, width, HEIGHT), left: 0, top: 0 },
    ...(await fullRows(
      pictures.filter((one) => one !== tallest),
      width + GAP,
    )),
  ];
}

/** Rows that fill the cover from `start` to its right edge; of all ways to break them, the one that crops least. */
async function fullRows(pictures: readonly Sized[], start: number) {
  const room = WIDTH - start;
  const rows = bestRows(pictures, room);
  const heights = rows.map((row) => (room - GAP * (row.length - 1)) / row.reduce((sum, { ratio }) => sum + ratio, 0));
  const stretch = (HEIGHT - GAP * (rows.length - 1)) / heights.reduce((sum, one) => sum + one, 0);
  const tiles = [];
  let top = 0;
  for (const [i, row] of rows.entries()) {
    const height = i === rows.length - 1 ? HEIGHT - top : Math.round((heights[i] ?? 0) * stretch);
    let left = start;
    for (const [k, { bytes, ratio }] of row.entries()) {
      const width = k === row.length - 1 ? WIDTH - left : Math.round((heights[i] ?? 0) * ratio);
      tiles.push({ input: await cropped(bytes, width, height), left, top });
      left += width + GAP;
    }
    top += height + GAP;
  }
  return tiles;
}

function bestRows(pictures: readonly Sized[], room: number): Sized[][] {
  let best: Sized[][] = [[...pictures]];
  let least = Number.POSITIVE_INFINITY;
  for (const order of orders(pictures)) {
    for (let breaks = 0; breaks < 2 ** (order.length - 1); breaks++) {
      const rows: Sized[][] = [[]];
      order.forEach((one, i) => {
        if (i > 0 && breaks & (1 << (i - 1))) rows.push([]);
        rows.at(-1)?.push(one);
      });
      const heights = rows.map((row) => room / row.reduce((total, { ratio }) => total + ratio, 0));
      const height = heights.reduce((sum, one) => sum + one, 0);
      const off = Math.abs(Math.log(height / HEIGHT)) + 0.05 * Math.log(Math.max(...heights) / Math.min(...heights));
      if (off < least - 1e-9) [best, least] = [rows, off];
    }
  }
  return best;
}

function orders<T>(all: readonly T[]): T[][] {
  if (all.length < 2) return [[...all]];
  return all.flatMap((one, i) => orders([...all.slice(0, i), ...all.slice(i + 1)]).map((rest) => [one, ...rest]));
}

/** Fills the tile; what must go goes from above rather than from below, where things stand. */
async function cropped(bytes: Buffer, width: number, height: number): Promise<Buffer> {
  const whole = sharp(bytes).flatten({ background: "#e9e6e0" });
  const { width: w, height: h } = await sharp(bytes).metadata();
  const scale = Math.max(width / w, height / h);
  const [wide, tall] = [Math.max(width, Math.round(w * scale)), Math.max(height, Math.round(h * scale))];
  return whole
    .resize(wide, tall, { fit: "fill" })
    .extract({ left: Math.floor((wide - width) / 2), top: Math.floor((tall - height) * 0.7), width, height })
    .png()
    .toBuffer();
}
