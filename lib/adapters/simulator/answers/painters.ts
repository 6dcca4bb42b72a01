import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { makePicture } from "./make-picture.ts";
import type { PaintDone, PaintJob } from "./paint-thread.ts";
import type { MadePicture, PictureOrder } from "./picture-order.ts";

/** Painting takes a core for a quarter of a second and must not hold up whoever waits for the studio. */
const PAINTERS = Math.min(2, availableParallelism());
/** A painter without work goes home (ms): it holds some 80 MiB. */
const IDLE_MS = 20_000;

type Painter = { worker: Worker; open: Map<number, (done: PaintDone) => void>; idle?: NodeJS.Timeout };

const painters: Painter[] = [];
let last = 0;

/** Makes a picture in a thread of its own; the same order gives the same bytes as `makePicture`, and the same errors. */
export async function paint(order: PictureOrder): Promise<MadePicture> {
  const { made } = await ask(painterFor(), order);
  return made ?? (await makePicture(order));
}

/** An idle painter, else a new one while there are few, else the one with the least to do. */
function painterFor(): Painter {
  const [free] = painters.toSorted((a, b) => a.open.size - b.open.size);
  return free && (free.open.size === 0 || painters.length >= PAINTERS) ? free : hire();
}

function hire(): Painter {
  const worker = new Worker(new URL("./paint-thread.ts", import.meta.url), { execArgv: [], env: {} });
  const painter: Painter = { worker, open: new Map() };
  painters.push(painter);
  const leave = () => {
    clearTimeout(painter.idle);
    const at = painters.indexOf(painter);
    if (at >= 0) painters.splice(at, 1);
    for (const [id, done] of painter.open) done({ id });
    painter.open.clear();
  };
  worker.on("message", (done: PaintDone) => painter.open.get(done.id)?.(done));
  worker.on("error", leave).on("exit", leave);
  return painter;
}

function ask(painter: Painter, order: PictureOrder): Promise<PaintDone> {
  clearTimeout(painter.idle);
  painter.worker.ref();
  const id = ++last;
  return new Promise((resolve) => {
    painter.open.set(id, (done) => {
      painter.open.delete(id);
      if (painter.open.size === 0) rest(painter);
      resolve(done);
    });
    painter.worker.postMessage({ id, order } satisfies PaintJob);
  });
}

/** Keeps no process alive while it waits for work. */
function rest(painter: Painter): void {
  painter.worker.unref();
  painter.idle = setTimeout(() => void painter.worker.terminate(), IDLE_MS);
  painter.idle.unref();
}
