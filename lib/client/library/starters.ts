import * as z from "zod";
import { callApi } from "../call-api.ts";
import { uploadPictures } from "../editor/fields/upload-pictures.ts";
import { type SheetServer, sheetServer } from "./sheet-server.ts";

/** A sheet that comes with the product. It is in nobody's library until somebody takes it. */
export type Starter = { id: string; name: string; opening: string; file: string; picture: string };

const Starters = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    opening: z.string(),
    file: z.string().regex(/^\/sheets\/[a-z0-9.-]+$/),
    picture: z.string().regex(/^\/[a-z0-9/.-]+$/),
  }),
);

export const loadStarters = async (): Promise<Starter[]> => Starters.parse(await callApi("/sheets/index.json"));

/** What taking a starter needs beside the library; a test hands in its own. */
export type StarterFiles = { read(path: string): Promise<unknown>; store(path: string): Promise<StoredSample> };
type StoredSample = { asset: string; width: number; height: number; mediaType?: string };

const overHttp: StarterFiles = {
  read: (path) => callApi(path),
  async store(path) {
    const answer = await fetch(path);
    if (!answer.ok) throw new Error(`The picture ${path} is missing.`);
    const bytes = await answer.blob();
    const [stored] = await uploadPictures([new File([bytes], path.split("/").at(-1) ?? "", { type: bytes.type })]);
    if (!stored) throw new Error(`The picture ${path} could not be stored.`);
    return stored;
  },
};

/** Takes a starter into the library, with its picture as a sample that is shown and not sent. Gives its id there. */
export async function takeStarter(
  { id, file, picture }: Starter,
  server: Pick<SheetServer, "take"> = sheetServer,
  files: StarterFiles = overHttp,
): Promise<string> {
  const [document, { asset, width, height, mediaType = "image/png" }] = await Promise.all([
    files.read(file),
    files.store(picture),
  ]);
  const whole = document as { sheet: Record<string, unknown> };
  const samples = [{ asset, width, height, mediaType, send: false }];
  const text = JSON.stringify({ ...whole, sheet: { ...whole.sheet, samples } });
  const { refs } = await server.take(new Blob([text]), "application/json");
  return refs[id] ?? id;
}
