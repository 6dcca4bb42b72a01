import type { Clock, PageSignals } from "./keeper-ports.ts";

/** A pause of a timer longer than this means that the machine slept (ms). */
const SLEPT = 10_000;
const BEAT = 2_000;

/** The browser's clock. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** What the browser tells of this page. Leaving can only be told by `pagehide` and `visibilitychange`: nothing else comes on a phone. */
export const pageSignals: PageSignals = {
  onHide(run) {
    const hidden = () => document.visibilityState === "hidden" && run();
    addEventListener("pagehide", run);
    document.addEventListener("visibilitychange", hidden);
    return () => {
      removeEventListener("pagehide", run);
      document.removeEventListener("visibilitychange", hidden);
    };
  },
  onReturn(run) {
    const seen = () => document.visibilityState === "visible" && run();
    let last = Date.now();
    const beat = setInterval(() => {
      const slept = Date.now() - last > SLEPT;
      last = Date.now();
      if (slept) run();
    }, BEAT);
    addEventListener("online", run);
    addEventListener("pageshow", run);
    addEventListener("focus", run);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(beat);
      removeEventListener("online", run);
      removeEventListener("pageshow", run);
      removeEventListener("focus", run);
      document.removeEventListener("visibilitychange", seen);
    };
  },
};
