import { createStore } from "zustand/vanilla";
import type { Decided, Review, ReviewList } from "../../protocol/reviews.ts";
import { ApiError } from "../call-api.ts";
import type { Decision } from "./answer-shape.ts";
import { type InboxAsked, inboxAsked, keyOf } from "./asked.ts";
import { answerOf, choicesFor, type Draft, NO_DRAFT, saidSo, togglePick } from "./decide.ts";

/** How long a decision can be taken back before it is sent (ms). */
export const GRACE_MS = 5000;
/** How often the inbox looks for what others decided (ms). */
const LOOK_MS = 4000;

/** What the desk needs from outside; tests hand in their own. */
export type DeskPorts = {
  load(): Promise<ReviewList>;
  one(review: Review): Promise<Review>;
  /** `leaving`: the page is about to go, the request must outlive it. */
  answer(review: Review, answer: unknown, leaving: boolean): Promise<void>;
  stars(review: Review, asset: string, stars: number): Promise<void>;
  later(ms: number, callback: () => void): () => void;
};

/** A decision that was made and is not sent yet, or is on its way. */
export type Pending = { key: string; asked: InboxAsked; said: string; sending: boolean };

export type DeskState = {
  loaded: boolean;
  /** Why the last look failed. */
  error?: unknown;
  /** What waits here and was not decided by us, the newest first. */
  queue: readonly InboxAsked[];
  /** How many wait in all. */
  total: number;
  at?: { key: string; picture: number };
  drafts: ReadonlyMap<string, Draft>;
  /** Questions that others decided while they were looked at; undefined = not asked any more. */
  gone: ReadonlyMap<string, Decided | undefined>;
  pending: readonly Pending[];
  /** Why a decision was not taken, by question. */
  refused: ReadonlyMap<string, unknown>;
  /** The last thing that happened, for a live region. */
  said: string;
};

const EMPTY: DeskState = {
  loaded: false,
  queue: [],
  total: 0,
  drafts: new Map(),
  gone: new Map(),
  pending: [],
  refused: new Map(),
  said: "",
};

export type Desk = ReturnType<typeof createDesk>;

/**
 * Everything that waits for a person, looked through picture by picture. A decision moves on at once and is sent five seconds later; until then it can be
 * taken back. What others decide meanwhile goes from the queue; what is being looked at stays and says so.
 */
export function createDesk(ports: DeskPorts, start?: { runId?: string; stepKey?: string }) {
  const store = createStore<DeskState>()(() => EMPTY);
  const timers = new Map<string, () => void>();
  const sending = new Map<string, { review: Review; answer: unknown }>();
  let stopped = false;
  let looking: (() => void) | undefined;

  const { getState, setState } = store;
  const current = (): InboxAsked | undefined => getState().queue.find(({ key }) => key === getState().at?.key);
  const draftOf = (key: string): Draft => getState().drafts.get(key) ?? NO_DRAFT;
  const without = <V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> => {
    const next = new Map(map);
    next.delete(key);
    return next;
  };

  /** Puts a new queue in place of the old one; where we were stays, or becomes what followed it. */
  const requeue = (queue: readonly InboxAsked[], follow = getState().queue): void => {
    const { at } = getState();
    const kept = at && queue.find(({ key }) => key === at.key);
    const was = follow.findIndex(({ key }) => key === at?.key);
    const after = [...follow.slice(was + 1), ...follow.slice(0, Math.max(0, was)).reverse()];
    const next = kept ?? after.map(({ key }) => queue.find((one) => one.key === key)).find(Boolean) ?? queue[0];
    const picture = kept ? Math.min(at?.picture ?? 0, Math.max(0, kept.pictures.length - 1)) : 0;
    setState({ queue, at: next && { key: next.key, picture } });
  };

  const look = async (): Promise<void> => {
    try {
      const { reviews, total } = await ports.load();
      if (stopped) return;
      const { pending, queue, at, gone, loaded } = getState();
      const mine = new Set(pending.map(({ key }) => key));
      const fresh = reviews.filter((review) => !mine.has(keyOf(review)));
      const known = new Map(queue.map((asked) => [asked.key, asked]));
      // The same question keeps its object, so that nothing is drawn anew for nothing.
      const next = fresh.map((review) => {
        const before = known.get(keyOf(review));
        return before && JSON.stringify(before.review) === JSON.stringify(review) ? before : inboxAsked(review);
      });
      const held = at && known.get(at.key);
      const lost = held && !gone.has(held.key) && !next.some(({ key }) => key === held.key) ? held : undefined;
      if (lost) {
        const { state, decided } = await ports
          .one(lost.review)
          .catch(() => ({ state: "over" as const, decided: undefined }));
        if (stopped) return;
        if (state !== "waiting") setState({ gone: new Map(getState().gone).set(lost.key, decided) });
      }
      // What is looked at does not vanish under somebody's eyes.
      const stays = held && getState().gone.has(held.key) ? [held] : [];
      const where = stays.length > 0 ? queue.findIndex(({ key }) => key === held?.key) : 0;
      setState({ loaded: true, error: undefined, total: Math.max(0, total - mine.size) });
      requeue([...next.slice(0, where), ...stays, ...next.slice(where)]);
      if (!loaded && start?.runId !== undefined) {
        const wanted = next.find(
          ({ review }) => review.runId === start.runId && (start.stepKey ?? review.stepKey) === review.stepKey,
        );
        if (wanted) setState({ at: { key: wanted.key, picture: 0 } });
      }
    } catch (error) {
      if (!stopped) setState({ loaded: true, error });
    }
  };
  const again = (): void => {
    looking = ports.later(LOOK_MS, async () => {
      await look();
      if (!stopped) again();
    });
  };

  const send = async (key: string, leaving = false): Promise<void> => {
    const job = sending.get(key);
    if (!job) return;
    sending.delete(key);
    timers.get(key)?.();
    timers.delete(key);
    setState({ pending: getState().pending.map((one) => (one.key === key ? { ...one, sending: true } : one)) });
    try {
      await ports.answer(job.review, job.answer, leaving);
      if (stopped) return;
      setState({
        pending: getState().pending.filter((one) => one.key !== key),
        drafts: without(getState().drafts, key),
        said: "Sent.",
      });
    } catch (error) {
      if (stopped) return;
      const back = getState().pending.find((one) => one.key === key);
      setState({ pending: getState().pending.filter((one) => one.key !== key) });
      if (!back) return;
      const already = error instanceof ApiError && error.status === 409;
      if (already) setState({ gone: new Map(getState().gone).set(key, decidedIn(error)) });
      else setState({ refused: new Map(getState().refused).set(key, error) });
      // It comes back to be seen, with everything that was written.
      setState({ queue: [back.asked, ...getState().queue.filter((one) => one.key !== key)], at: { key, picture: 0 } });
    }
  };

  return {
    store,
    current,
    draftOf,

    /** Looks now and from then on. Returns how to stop; what is not sent yet is sent. */
    open(): () => void {
      stopped = false;
      void look();
      again();
      return () => {
        looking?.();
        for (const key of [...sending.keys()]) void send(key, true);
        stopped = true;
      };
    },
    look,

    /** To the next or the previous picture, over the borders of questions. */
    go(by: 1 | -1): void {
      const { queue, at, gone } = getState();
      const index = queue.findIndex(({ key }) => key === at?.key);
      const here = queue[index];
      if (!at || !here) return;
      const picture = at.picture + by;
      if (picture >= 0 && picture < here.pictures.length) {
        setState({ at: { key: at.key, picture } });
        return;
      }
      const next = queue[index + by];
      if (!next) return;
      setState({ at: { key: next.key, picture: by > 0 ? 0 : Math.max(0, next.pictures.length - 1) } });
      if (gone.has(here.key)) this.drop(here.key);
    },
    show(key: string, picture: number): void {
      const { at } = getState();
      setState({ at: { key, picture } });
      if (at && at.key !== key && getState().gone.has(at.key)) this.drop(at.key);
    },
    /** Takes away a question that others decided, once it was seen. */
    drop(key: string): void {
      const before = getState().queue;
      setState({ gone: without(getState().gone, key) });
      requeue(
        before.filter((one) => one.key !== key),
        before,
      );
    },

    edit(key: string, change: (draft: Draft) => Draft): void {
      setState({
        drafts: new Map(getState().drafts).set(key, change(draftOf(key))),
        refused: without(getState().refused, key),
      });
    },
    /** Picks or unpicks the picture that is shown. */
    pick(): void {
      const asked = current();
      const picture = asked?.pictures[getState().at?.picture ?? 0];
      if (!asked || !picture || asked.shape.picks === "none" || asked.pictures.length < 2) return;
      this.edit(asked.key, (draft) => togglePick(draft, picture.place));
      const chosen = draftOf(asked.key).picks.includes(picture.place);
      setState({ said: `Picture ${asked.pictures.indexOf(picture) + 1} ${chosen ? "picked" : "unpicked"}.` });
    },
    star(stars: number): void {
      const asked = current();
      const picture = asked?.pictures[getState().at?.picture ?? 0];
      if (!asked || !picture) return;
      const { review } = asked;
      const given = review.stars[picture.asset] === stars ? 0 : stars;
      const all = { ...review.stars, [picture.asset]: given };
      const changed = { ...asked, review: { ...review, stars: all } };
      setState({
        queue: getState().queue.map((one) => (one.key === asked.key ? changed : one)),
        said: given === 0 ? "No stars." : `${given} of 5 stars.`,
      });
      ports.stars(review, picture.asset, given).catch((error: unknown) => setState({ error }));
    },

    /** Decides what is shown. Returns why not, where something is missing. */
    decide(decision: Decision): string | undefined {
      const asked = current();
      if (!asked || getState().gone.has(asked.key)) return undefined;
      const draft = draftOf(asked.key);
      const choice = choicesFor(asked, draft).find((one) => one.decision === decision);
      if (!choice || choice.why !== undefined) return choice?.why;
      const { key, review } = asked;
      sending.set(key, { review, answer: answerOf(decision, asked, draft) });
      timers.set(
        key,
        ports.later(GRACE_MS, () => void send(key)),
      );
      const said = saidSo(decision, asked, draft);
      const before = getState().queue;
      setState({
        pending: [...getState().pending, { key, asked, said, sending: false }],
        total: Math.max(0, getState().total - 1),
        refused: without(getState().refused, key),
        said: `${said}. Press Z to undo.`,
      });
      requeue(
        before.filter((one) => one.key !== key),
        before,
      );
      return undefined;
    },
    /** Takes back the last decision that was not sent yet, or the one that is named. */
    undo(named?: string): void {
      const waiting = getState().pending.filter(({ sending }) => !sending);
      const back = named === undefined ? waiting.at(-1) : waiting.find(({ key }) => key === named);
      if (!back) return;
      timers.get(back.key)?.();
      timers.delete(back.key);
      sending.delete(back.key);
      setState({
        pending: getState().pending.filter(({ key }) => key !== back.key),
        queue: [back.asked, ...getState().queue.filter(({ key }) => key !== back.key)],
        at: { key: back.key, picture: 0 },
        total: getState().total + 1,
        said: "Taken back.",
      });
    },
    /** The page goes: everything that was decided is sent now. */
    flush(): void {
      for (const key of [...sending.keys()]) void send(key, true);
    },
  };
}

const decidedIn = (error: ApiError): Decided | undefined =>
  (error.problem as { decided?: Decided } | undefined)?.decided;
