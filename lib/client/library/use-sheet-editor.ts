"use client";
import { useCallback, useRef, useState } from "react";
import type { Sheet } from "../../protocol/library.ts";
import { sayWhy } from "../call-api.ts";
import { bodyOf, type Draft, draftOf, unfit, whatChanged } from "./sheet-draft.ts";
import { type SheetServer, savedMeanwhile, sheetServer } from "./sheet-server.ts";

export type SheetEditor = {
  draft: Draft;
  /** The newest version the draft was begun from; undefined = a new sheet. */
  sheet: Sheet | undefined;
  change(part: Partial<Draft>): void;
  changed: "nothing" | "about" | "version";
  saving: boolean;
  /** A sentence about the last thing that went wrong, or well. */
  said: { tone: "fail" | "done"; text: string } | undefined;
  /** What somebody else saved in between. */
  theirs: Sheet | undefined;
  save(): Promise<Sheet | undefined>;
  back(version: number): Promise<void>;
  archive(archived: boolean): Promise<void>;
  /** Goes on from what they saved: takes their state and drops the draft, or keeps the draft over it. */
  settle(keep: "mine" | "theirs"): void;
};

/** A sheet that is edited: nothing is kept until it is saved, and nobody's version is overwritten without being seen. */
export function useSheetEditor(first: Sheet | undefined, begin: Draft, server: SheetServer = sheetServer): SheetEditor {
  const [sheet, setSheet] = useState(first);
  const [draft, setDraft] = useState(begin);
  const [said, setSaid] = useState<SheetEditor["said"]>();
  const [saving, setSaving] = useState(false);
  const [theirs, setTheirs] = useState<Sheet>();
  const busy = useRef(false);

  const attempt = async (work: () => Promise<Sheet>, words: (after: Sheet) => string): Promise<Sheet | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    setSaving(true);
    setSaid(undefined);
    try {
      const after = await work();
      setSheet(after);
      setDraft(draftOf(after));
      setSaid({ tone: "done", text: words(after) });
      return after;
    } catch (error) {
      const found = savedMeanwhile(error);
      if (found) setTheirs(found);
      else setSaid({ tone: "fail", text: sayWhy(error) });
      return undefined;
    } finally {
      busy.current = false;
      setSaving(false);
    }
  };

  return {
    draft,
    sheet,
    change: useCallback((part: Partial<Draft>) => {
      setSaid(undefined);
      setDraft((now) => ({ ...now, ...part }));
    }, []),
    changed: whatChanged(draft, sheet),
    saving,
    said,
    theirs,
    async save() {
      const wrong = unfit(draft);
      if (wrong) {
        setSaid({ tone: "fail", text: wrong });
        return undefined;
      }
      const before = sheet?.newest;
      return await attempt(
        () => (sheet ? server.save(sheet.id, bodyOf(draft), sheet.etag) : server.create(bodyOf(draft))),
        (after) => (after.newest === before ? "Saved." : `Saved as version ${after.newest}.`),
      );
    },
    async back(version) {
      if (!sheet) return;
      await attempt(
        () => server.back(sheet.id, version, sheet.etag),
        (after) => `Version ${version} is the newest again, as version ${after.newest}.`,
      );
    },
    async archive(archived) {
      if (!sheet) return;
      await attempt(
        () => server.archive(sheet.id, archived, sheet.etag),
        () => (archived ? "Put away. What uses it goes on using it." : "Back in the library."),
      );
    },
    settle(keep) {
      if (!theirs) return;
      setSheet(theirs);
      if (keep === "theirs") setDraft(draftOf(theirs));
      setTheirs(undefined);
    },
  };
}
