// node bin/with-node.js FILE [ARGUMENTS]: sets the checkout up, then runs a program on the product's Node. Plain JavaScript for the machine's own.
import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { ensureReady, productNode } from "./set-up.js";

const [file, ...args] = process.argv.slice(2);
if (!file) {
  process.stderr.write("Usage: node bin/with-node.js FILE [ARGUMENTS]\n");
  process.exit(2);
}
try {
  await ensureReady();
  const node = productNode();
  const child = spawn(node, [file, ...args], {
    stdio: "inherit",
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}` },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (...end) => resolve(end));
  });
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
