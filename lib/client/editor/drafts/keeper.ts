import type { Graph } from "../../../protocol/graph.ts";
import { sayWhy } from "../../call-api.ts";
import type { GraphVersion, SaveState } from "../state.ts";
import { type Editor, replaceDocument, say } from "../store.ts";
import { DELETED } from "./decide-opening.ts";
import { DraftsUnavailable } from "./draft-store.ts";
import { createDraftWriter } from "./draft-writer.ts";
import type { SaveAnswer } from "./graph-server.ts";
import type { KeeperPorts } from "./keeper-ports.ts";
import { openingOf } from "./open-graph.ts";
import { keepingObjects, sameDocument } from "./same-document.ts";

/** A save follows a change after this much quiet, and never later than LATEST (ms). */
const QUIET = 1_200;
const LATEST = 10_000;
/** Waiting for a server that does not answer (ms). */
const FIRST_RETRY = 1_000;
const LONGEST_RETRY = 30_000;

/**
 * Keeps the document of one editor safe: a draft in this browser on every change, a revision on the server a moment later, and never a save
 * over something this editor has not seen.
 */
export type Keeper = {
  /** Begins to keep; gives the way to stop, which writes what is unwritten. */
  start(): () => void;
  /** Saves now what is unsaved; resolves when that is settled, well or badly. */
  save(): Promise<void>;
  /** Asks the server for news: takes them when nothing here is unsaved, else tries to save. */
  check(): Promise<void>;
  /**
   * Goes on from a version of the server as what the document stands on, which ends a conflict; with `show` the document becomes that
   * version or what is given, as a step that can be undone. What differs from it is saved next.
   */
  standOn(version: GraphVersion, show?: { label: string; graph: Graph }): void;
  ports: KeeperPorts;
};

export function createKeeper(editor: Editor, ports: KeeperPorts): Keeper {
  const { clock, server, tabs, tab } = ports;
  const first = editor.getInitialState();
  const opening = openingOf(first.document);
  const { id } = first.document;
  /** The document the server is known to have; undefined: not known, or none. */
  let clean: Graph | undefined = (opening ? !opening.dirty : first.save.state === "saved") ? first.document : undefined;
  let base = first.save.etag === undefined ? undefined : { revision: first.save.revision ?? 0, etag: first.save.etag };
  let sent = opening?.sent;
  let changedAt: number | undefined;
  let editedAt = clock.now();
  let failures = 0;
  let running = false;
  let saving: Promise<void> | undefined;
  let asked = false;
  let checking: Promise<void> | undefined;
  /** The server had the graph once and has it no more. Only a change or a person's word brings it back. */
  let gone = false;
  let cancelSave: (() => void) | undefined;

  const document = () => editor.getState().document;
  const state = () => editor.getState().save.state;
  /** What was sent and not answered may be on the server although the canvas says something else again. */
  const dirty = () => document() !== clean || sent !== undefined;
  const tell = (part: Partial<SaveState>): void => {
    const { save } = editor.getState();
    const next = { ...save, ...part };
    const keys = Object.keys(part) as (keyof SaveState)[];
    if (keys.some((key) => save[key] !== next[key])) editor.setState({ save: next });
  };

  const writer = createDraftWriter(
    ports,
    () => ({ id, tab, document: document(), base, dirty: dirty(), sent, at: editedAt }),
    (failure) => {
      const unkept = failure === undefined ? undefined : why(failure);
      tell({ unkept });
    },
  );

  const saveIn = (ms: number): void => {
    cancelSave?.();
    cancelSave = running ? clock.after(ms, () => void save()) : undefined;
  };

  function onChange(): void {
    editedAt = clock.now();
    writer.soon();
    if (state() === "conflict") return;
    if (!dirty()) {
      settled();
      return;
    }
    changedAt ??= editedAt;
    // While the server does not answer, the next try has its time already.
    if (state() === "offline") return;
    if (state() !== "saving") tell({ state: "local", message: undefined });
    saveIn(Math.max(0, Math.min(QUIET, changedAt + LATEST - editedAt)));
  }

  /** The server has what is on the canvas. */
  function settled(part: Partial<SaveState> = {}): void {
    cancelSave?.();
    changedAt = undefined;
    failures = 0;
    tell({
      state: "saved",
      message: undefined,
      conflict: undefined,
      revision: base?.revision,
      etag: base?.etag,
      ...part,
    });
  }

  function save(): Promise<void> {
    cancelSave?.();
    if (saving) {
      asked = true;
      return saving;
    }
    saving = saveOnce().finally(() => {
      saving = undefined;
      if (asked && running && dirty() && state() === "local") saveIn(0);
      asked = false;
    });
    return saving;
  }

  async function saveOnce(): Promise<void> {
    if (state() === "conflict" || state() === "read-only") return;
    if (clean && sent === undefined && sameDocument(clean, document())) clean = document();
    if (!dirty() && !gone) return state() === "offline" ? await ask() : settled();
    // A document whose fate is unknown is sent again first: only then is it known what the next one stands on.
    const attempt = sent ?? document();
    sent = attempt;
    if (state() !== "offline") tell({ state: "saving", message: undefined });
    await writer.now();
    let answer: SaveAnswer;
    try {
      answer = await server.save(id, attempt, base?.etag);
    } catch (error) {
      return unreachable(error);
    }
    sent = undefined;
    failures = 0;
    gone = false;
    if ("saved" in answer) return saved(attempt, answer.saved);
    if ("conflict" in answer) return await refusedAsStale(attempt, answer.conflict);
    tell({ state: "local", message: answer.refused });
    say(editor, `Not saved: ${answer.refused}`);
    writer.soon();
  }

  function saved(attempt: Graph, version: { revision: number; etag: string }): void {
    base = version;
    clean = attempt;
    tabs.tell({ saved: version });
    goOn({ savedAt: clock.now() });
  }

  /** After the ground under the document moved: it is saved, or the rest is saved next. */
  function goOn(part: Partial<SaveState> = {}): void {
    writer.soon();
    if (!dirty()) {
      settled(part);
      return;
    }
    changedAt = clock.now();
    tell({ state: "local", message: undefined, conflict: undefined, ...base, ...part });
    saveIn(QUIET);
  }

  /** Somebody saved in between. Only what this editor does not know is a conflict: not its own save, not the same words under a new number. */
  async function refusedAsStale(attempt: Graph, theirs: GraphVersion): Promise<void> {
    if (sameDocument(theirs.graph, attempt)) return saved(attempt, theirs);
    const common = await baseGraph();
    if (common && sameDocument(common, theirs.graph)) {
      base = { revision: theirs.revision, etag: theirs.etag };
      return goOn();
    }
    inConflict(theirs, common);
  }

  function inConflict(theirs: GraphVersion, common: Graph | undefined): void {
    cancelSave?.();
    tell({ state: "conflict", message: undefined, conflict: { theirs, base: common } });
    say(editor, "This graph was changed elsewhere. Your version is kept; choose which one goes on.");
    writer.soon();
  }

  async function baseGraph(): Promise<Graph | undefined> {
    if (clean || !base) return clean;
    const found = await server.load(id, base.revision).catch(() => undefined);
    return found?.etag === base.etag ? found.graph : undefined;
  }

  function unreachable(error: unknown): void {
    tell({ state: "offline", message: sayWhy(error) });
    saveIn(Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** failures));
    failures += 1;
  }

  async function ask(): Promise<void> {
    let found: GraphVersion | "same" | undefined;
    try {
      found = base ? await server.news(id, base.etag) : await server.load(id);
    } catch (error) {
      if (state() === "offline" || dirty()) unreachable(error);
      return;
    }
    if (state() === "conflict") {
      const { conflict } = editor.getState().save;
      if (found && found !== "same" && found.etag !== conflict?.theirs.etag)
        tell({ conflict: { theirs: found, base: conflict?.base } });
      return;
    }
    if (found === "same" || (!found && !base)) return goOn();
    // Typed while the server was asked: saving finds out what that means.
    if (dirty()) return void saveIn(0);
    if (!found) {
      gone = true;
      return tell({ state: "local", message: DELETED });
    }
    standOn(found, { label: "Take the change made elsewhere", graph: found.graph });
    say(editor, "This graph was changed elsewhere. The newest version is shown; undo goes back.");
  }

  function standOn(version: GraphVersion, show?: { label: string; graph: Graph }): void {
    base = { revision: version.revision, etag: version.etag };
    sent = undefined;
    failures = 0;
    clean = keepingObjects(document(), version.graph);
    // The conflict is over before the document changes: the change is then an ordinary one.
    tell({ state: "local", conflict: undefined, message: undefined, ...base });
    if (show)
      replaceDocument(
        editor,
        show.label,
        show.graph === version.graph ? clean : keepingObjects(document(), show.graph),
      );
    goOn();
  }

  function check(): Promise<void> {
    checking ??= checkOnce().finally(() => {
      checking = undefined;
    });
    return checking;
  }

  async function checkOnce(): Promise<void> {
    await saving;
    if (state() !== "conflict" && dirty()) return await save();
    // Never saved and never touched: there is nothing to ask about.
    if (base || state() === "offline" || state() === "conflict") await ask();
  }

  /** Another tab saved. */
  async function hear(news: { revision: number }): Promise<void> {
    await saving;
    if (news.revision > (base?.revision ?? 0)) await check();
  }

  return {
    ports,
    save,
    check,
    standOn,
    start() {
      running = true;
      let seen = document();
      const off = [
        editor.subscribe((next) => {
          if (next.document === seen) return;
          seen = next.document;
          onChange();
        }),
        tabs.hold(tab),
        tabs.listen((news) => void hear(news.saved)),
        ports.signals.onHide(() => {
          void writer.flush();
          if (dirty() && state() !== "conflict") void save();
        }),
        ports.signals.onReturn(() => void check()),
      ];
      if (state() === "offline") saveIn(FIRST_RETRY);
      else if (dirty() && state() !== "conflict") saveIn(0);
      return () => {
        for (const stop of off) stop();
        cancelSave?.();
        running = false;
        void writer.flush();
        if (dirty() && state() !== "conflict") void save();
      };
    },
  };
}

const why = (failure: unknown): string =>
  failure instanceof DraftsUnavailable ? failure.message : new DraftsUnavailable("failed").message;
