import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser, serve } from "../e2e/served.ts";
import { SCREENS } from "./screens.ts";
import { setStage } from "./stage.ts";

// npm run shots: a picture of every screen, on a desk and on a phone, dark and light, in out/shots.
const folder = fileURLToPath(new URL("../../out/shots", import.meta.url));
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

const only = process.argv[2];
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const served = await serve();
const browser = await openBrowser();
const failed: string[] = [];
try {
  const stage = await setStage(served);
  for (const [size, viewport] of Object.entries(SIZES))
    for (const colorScheme of ["dark", "light"] as const) {
      const { page, context } = await browser.newPage({ viewport, colorScheme, hasTouch: size === "phone" });
      page.setDefaultTimeout(12_000);
      await page.goto(served.link);
      for (const screen of SCREENS) {
        if ((size === "phone" && screen.phone === false) || (only && !screen.name.includes(only))) continue;
        const name = `${screen.name}-${size}-${colorScheme}.png`;
        try {
          await screen.open(page, stage);
          // A lazy picture below the fold never decodes: what has not come by then is shown as it is.
          await page.evaluate(() =>
            Promise.race([
              Promise.all([...document.images].map((img) => img.decode().catch(() => {}))),
              new Promise((resolve) => setTimeout(resolve, 2_000)),
            ]),
          );
          await page.waitForTimeout(400);
          await page.screenshot({ path: join(folder, name) });
          process.stdout.write(`${name}\n`);
        } catch (error) {
          failed.push(`${name}: ${(error as Error).message.split("\n")[0]}`);
        }
      }
      await context.close();
    }
} finally {
  await browser.close();
  await served.stop();
}
for (const line of failed) process.stderr.write(`not taken: ${line}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
