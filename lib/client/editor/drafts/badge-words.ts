import { ago } from "../../words.ts";
import type { SaveState } from "../state.ts";

/** What the badge says: a word or two, and the whole story for those who ask. */
export type BadgeWords = {
  sign: "saved" | "saving" | "local" | "offline" | "conflict" | "locked";
  words: string;
  details: string;
};

/** How safe the document is, in words. `touched`: there is something to save at all; `now` in epoch milliseconds. */
export function badgeWords(save: SaveState, touched: boolean, now: number): BadgeWords {
  const story = (text: string) => [text, save.unkept].filter(Boolean).join(" ");
  const known =
    save.revision === undefined
      ? ""
      : ` Revision ${save.revision}${save.savedAt ? `, ${ago(save.savedAt, now)}` : ""}.`;
  switch (save.state) {
    case "saved":
      if (save.revision === undefined && !touched)
        return { sign: "saved", words: "New", details: story("There is nothing to save yet.") };
      return { sign: "saved", words: "Saved", details: story(`Everything is saved.${known}`) };
    case "saving":
      return { sign: "saving", words: "Saving…", details: story(`On its way to the server.${known}`) };
    case "offline":
      return save.unkept === undefined
        ? { sign: "offline", words: "Offline – kept here, will save", details: story(save.message ?? "") }
        : { sign: "offline", words: "Offline – not saved", details: story(save.message ?? "") };
    case "conflict":
      return {
        sign: "conflict",
        words: "Changed elsewhere",
        details: story("This graph was changed in another tab or by somebody else. Yours is kept. Click to choose."),
      };
    case "read-only":
      return { sign: "locked", words: "Read only", details: story(save.message ?? "This graph cannot be saved.") };
    case "local":
      return save.unkept === undefined
        ? { sign: "local", words: "Kept in this browser", details: story(save.message ?? `Saved in a moment.${known}`) }
        : { sign: "local", words: "Not saved yet", details: story(save.message ?? `Saved in a moment.${known}`) };
  }
}
