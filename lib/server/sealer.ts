import type { Sealer } from "../runtime/ports.ts";
import { masterKey } from "./master-key.ts";
import { Sealed, seal, unseal } from "./seal.ts";

/** Seals with the server's master key, which is made when the first text is sealed. */
export const createSealer = (env: Parameters<typeof masterKey>[0]): Sealer => ({
  seal(text, about) {
    const master = masterKey(env, true);
    if (!master) throw new Error("No key to seal with could be made.");
    return seal(text, about, master);
  },
  open(sealed, about) {
    const master = masterKey(env, false);
    const record = Sealed.safeParse(sealed).data;
    return master && record && unseal(record, about, master);
  },
});
