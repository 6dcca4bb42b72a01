// The receiving side of a CMS: takes signed results, stores each picture once. Usage: SECRET=… node receive.mjs PORT FOLDER
import { createHmac, timingSafeEqual } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [port, folder = "received"] = process.argv.slice(2);
const { SECRET = "", THROUGHLINE_URL = "", THROUGHLINE_TOKEN = "" } = process.env;
const known = new Set();

function isSigned(headers, body) {
  const timestamp = Number(headers["throughline-timestamp"]);
  if (SECRET === "" || !(Math.abs(Date.now() / 1000 - timestamp) <= 300)) return false;
  const right = Buffer.from(`v1=${createHmac("sha256", SECRET).update(`${timestamp}.`).update(body).digest("hex")}`);
  const given = Buffer.from(String(headers["throughline-signature"]));
  return given.length === right.length && timingSafeEqual(given, right);
}

/** By the link where the message brings one, else from the studio with its token. */
async function picture({ url, asset }) {
  const answer = url
    ? await fetch(url)
    : await fetch(`${THROUGHLINE_URL}/api/assets/${asset}`, {
        headers: { authorization: `Bearer ${THROUGHLINE_TOKEN}` },
      });
  if (!answer.ok) throw new Error(`the picture was answered with ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!isSigned(request.headers, body)) return response.writeHead(401).end();
  const id = String(request.headers["throughline-delivery"]);
  if (known.has(id)) return response.writeHead(200).end();
  try {
    const pictures = JSON.parse(body).results.filter(({ kind }) => kind === "image");
    mkdirSync(folder, { recursive: true });
    for (const [index, one] of pictures.entries())
      writeFileSync(join(folder, `${id}-${index + 1}.png`), await picture(one));
    known.add(id);
    console.log(`${id}: ${pictures.length} picture(s) stored`);
    response.writeHead(200).end();
  } catch (error) {
    // Not 2xx: it is sent again in a moment, under the same id.
    console.error(error.message);
    response.writeHead(503).end();
  }
}).listen(Number(port), "127.0.0.1", () => console.log(`waiting on http://127.0.0.1:${port}`));
