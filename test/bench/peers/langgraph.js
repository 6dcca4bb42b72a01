// Plain JavaScript: its packages are installed when the benchmark runs, so no type of theirs is there to check against.
import { Annotation, END, MemorySaver, START, StateGraph } from "@langchain/langgraph";
import { passOn } from "../engine/chain.ts";

/** The chain as a StateGraph with the checkpointer that keeps everything in memory. Total ms of one invocation, compiling left out. */
export async function langgraphChain(length, salt) {
  const graph = new StateGraph(Annotation.Root({ text: Annotation() }));
  for (let index = 1; index < length; index += 1)
    graph.addNode(`n${index}`, async (state) => ({ text: passOn(state.text, `step ${index}`).text }));
  graph.addEdge(START, "n1");
  for (let index = 1; index < length - 1; index += 1) graph.addEdge(`n${index}`, `n${index + 1}`);
  graph.addEdge(`n${length - 1}`, END);
  const app = graph.compile({ checkpointer: new MemorySaver() });
  const began = performance.now();
  await app.invoke(
    { text: `A trail shoe on wet rock, ${salt}` },
    { configurable: { thread_id: salt }, recursionLimit: length + 10 },
  );
  return performance.now() - began;
}
