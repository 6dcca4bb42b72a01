// Plain JavaScript: its packages are installed when the benchmark runs, so no type of theirs is there to check against.
import { ClassicPreset, NodeEditor } from "rete";
import { DataflowEngine } from "rete-engine";
import { passOn } from "../engine/chain.ts";

const socket = new ClassicPreset.Socket("text");

class Step extends ClassicPreset.Node {
  constructor(index, salt) {
    super(`n${index}`);
    this.index = index;
    this.salt = salt;
    if (index > 0) this.addInput("text", new ClassicPreset.Input(socket));
    this.addOutput("text", new ClassicPreset.Output(socket));
  }
  async data({ text = [] }) {
    if (this.index === 0) return { text: `A trail shoe on wet rock, ${this.salt}` };
    return { text: passOn(text[0], `step ${this.index}`).text };
  }
}

/** The chain in the dataflow engine, which keeps results in memory. Total ms of fetching the last node, building left out. */
export async function reteChain(length, salt) {
  const editor = new NodeEditor();
  const engine = new DataflowEngine();
  editor.use(engine);
  let last;
  for (let index = 0; index < length; index += 1) {
    const node = new Step(index, salt);
    await editor.addNode(node);
    if (last) await editor.addConnection(new ClassicPreset.Connection(last, "text", node, "text"));
    last = node;
  }
  const began = performance.now();
  await engine.fetch(last.id);
  return performance.now() - began;
}
