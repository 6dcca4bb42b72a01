import { createStore, type StoreApi } from "zustand/vanilla";
import { type Editor, say } from "../store.ts";

/** A sentence over the canvas that goes away again; a `fail` stays until it is dismissed. */
export type Notice = { id: number; text: string; tone: "plain" | "fail" };

const lists = new WeakMap<Editor, StoreApi<readonly Notice[]>>();
let last = 0;

/** The notices of an editor, oldest first. */
export function noticesOf(editor: Editor): StoreApi<readonly Notice[]> {
  let list = lists.get(editor);
  if (!list) {
    list = createStore<readonly Notice[]>()(() => []);
    lists.set(editor, list);
  }
  return list;
}

/** Shows a sentence and reads it out. At most three are kept; the same one twice is shown once. */
export function notify(editor: Editor, text: string, tone: Notice["tone"] = "plain"): void {
  const list = noticesOf(editor);
  last += 1;
  list.setState([...list.getState().filter((one) => one.text !== text), { id: last, text, tone }].slice(-3), true);
  say(editor, text);
}

/** Takes a notice away. */
export const dismiss = (editor: Editor, id: number): void =>
  noticesOf(editor).setState(
    noticesOf(editor)
      .getState()
      .filter((one) => one.id !== id),
    true,
  );
