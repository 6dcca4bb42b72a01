import { writeNodeIndex } from "./generate-node-index.ts";
import { writeGraphSchema } from "./generate-schemas.ts";

// npm run gen: writes every generated file that is out of date.
const files: [string, () => boolean][] = [
  ["nodes/index.ts", writeNodeIndex],
  ["public/graph.schema.json", writeGraphSchema],
];
for (const [file, write] of files) console.log(`${file} ${write() ? "written" : "is up to date"}`);
