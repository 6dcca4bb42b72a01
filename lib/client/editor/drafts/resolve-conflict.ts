import type { Graph } from "../../../protocol/graph.ts";
import { newId } from "../edit/new-id.ts";
import type { Editor } from "../store.ts";
import { say } from "../store.ts";
import type { Keeper } from "./keeper.ts";
import { mergeGraphs } from "./merge-graphs.ts";
import { takesMany } from "./takes-many.ts";

/** How a person ends a conflict. */
export type Choice = "mine" | "theirs" | "copy" | "both";

/**
 * Ends a conflict as a person chose. The version that does not go on is never dropped: theirs stays among the saves of the server, mine is
 * set aside in this browser or saved under an id of its own. Throws, with nothing changed, when that is not possible.
 */
export async function resolveConflict(editor: Editor, keeper: Keeper, choice: Choice): Promise<void> {
  const { document: mine, save } = editor.getState();
  if (!save.conflict) return;
  const { theirs, base } = save.conflict;
  const { store, clock } = keeper.ports;
  const setAside = (why: string) =>
    store.setAside({
      id: mine.id,
      document: mine,
      base: save.etag === undefined ? undefined : { revision: save.revision ?? 0, etag: save.etag },
      why,
      at: clock.now(),
    });
  const takeTheirs = () => keeper.standOn(theirs, { label: "Take the version from elsewhere", graph: theirs.graph });

  if (choice === "mine") {
    keeper.standOn(theirs);
    await keeper.save();
    say(editor, "Your version goes on. The other one is kept under Versions.");
  } else if (choice === "theirs") {
    await setAside("Yours, when you took the version from elsewhere");
    takeTheirs();
    say(editor, "The other version goes on. Yours is kept under Versions.");
  } else if (choice === "both") {
    const { graph, conflicts } = base
      ? mergeGraphs(base, mine, theirs.graph, takesMany(editor.around.registry))
      : { graph: undefined, conflicts: ["unknown"] };
    if (!graph || conflicts.length > 0) throw new Error("These two versions cannot be merged by themselves.");
    await setAside("Yours, before both versions were merged");
    keeper.standOn(theirs, { label: "Merge both versions", graph });
    await keeper.save();
    say(editor, "Both versions are merged.");
  } else {
    const copy = await saveCopy(keeper, mine);
    takeTheirs();
    editor.around.navigate(`/graphs/${encodeURIComponent(copy.id)}`);
  }
}

/** Saves a document under a new id. Throws with a sentence for people when the server will not have it. */
async function saveCopy({ ports }: Keeper, document: Graph): Promise<Graph> {
  const tried = new Set([document.id]);
  for (;;) {
    const id = newId(tried, `${document.id.slice(0, 40)}-copy`);
    const copy = { ...document, id, name: `${document.name.slice(0, 190)} (copy)` };
    const answer = await ports.server.save(id, copy, undefined);
    if ("saved" in answer) return copy;
    if ("refused" in answer) throw new Error(answer.refused);
    tried.add(id);
    if (tried.size > 100) throw new Error("There are a hundred copies of this graph already.");
  }
}
