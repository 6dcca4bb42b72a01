import type { Editor } from "../store.ts";
import { createGraphServer } from "./graph-server.ts";
import { createKeeper, type Keeper } from "./keeper.ts";
import { openDraftStore } from "./open-store.ts";
import { browserClock, pageSignals } from "./page-signals.ts";
import { createTabs } from "./tabs.ts";
import { THIS_TAB } from "./this-tab.ts";

const keepers = new WeakMap<Editor, Keeper>();

/** The one keeper of an editor, over the browser's own clock, store and server. */
export async function keeperOf(editor: Editor): Promise<Keeper> {
  const store = openDraftStore();
  let keeper = keepers.get(editor);
  if (!keeper) {
    keeper = createKeeper(editor, {
      clock: browserClock,
      store,
      server: createGraphServer(),
      tabs: createTabs(editor.getInitialState().document.id),
      signals: pageSignals,
      tab: THIS_TAB,
    });
    keepers.set(editor, keeper);
  }
  return keeper;
}
