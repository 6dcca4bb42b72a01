import { Worker } from "node:worker_threads";
import type { Job, JobDone } from "./thread.ts";

/** One job may take this long (ms): the largest picture takes a few seconds. */
const JOB_MS = 120_000;
/** The library's memory never shrinks, so a thread without work ends (ms). */
const IDLE_MS = 30_000;

type Wish = Job extends infer J ? (J extends Job ? Omit<J, "id"> : never) : never;

/** A thread that does one job after another, started with the first and ended when it has nothing to do. It keeps no process alive. */
export function createThread(): { ask(wish: Wish): Promise<JobDone>; close(): Promise<void> } {
  const open = new Map<number, { done(answer: JobDone): void; guard: NodeJS.Timeout }>();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last = 0;

  const settle = (answer: JobDone) => {
    const job = open.get(answer.id);
    if (!job) return;
    open.delete(answer.id);
    clearTimeout(job.guard);
    if (open.size === 0) {
      worker?.unref();
      idle = setTimeout(end, IDLE_MS);
      idle.unref();
    }
    job.done(answer);
  };
  const end = () => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    for (const id of [...open.keys()]) settle({ id, error: "the thread ended" });
    clearTimeout(idle);
    return ending?.terminate();
  };
  const running = (): Worker => {
    if (worker) return worker;
    const started = new Worker(new URL("./thread.ts", import.meta.url), { execArgv: [], env: {} });
    const lost = () => worker === started && void end();
    started.on("message", settle).on("error", lost).on("exit", lost);
    worker = started;
    return started;
  };

  return {
    ask: (wish) =>
      new Promise((done) => {
        clearTimeout(idle);
        const id = ++last;
        open.set(id, { done, guard: setTimeout(() => void end(), JOB_MS) });
        const thread = running();
        thread.ref();
        thread.postMessage({ id, ...wish }, movable(wish));
      }),
    close: async () => void (await end()),
  };
}

const movable = (wish: Wish): ArrayBuffer[] => [
  wish.bytes.buffer,
  ...(wish.do === "sign" && wish.parent ? [wish.parent.bytes.buffer] : []),
];
