import { nameKeeper, safeName } from "./safe-name.ts";

/** Names for the files of one archive: safe below any folder, never twice the same. A name without an ending gets `.bin`. */
export function zipNames(): (raw: string) => string {
  const keep = nameKeeper();
  return (raw) => {
    const [, stem = raw, ending = "bin"] = /^(.*[^/])\.([A-Za-z0-9]{1,10})$/s.exec(raw) ?? [];
    return keep(safeName(stem), ending);
  };
}
