import type { CredentialState } from "../../protocol/exports.ts";

/** What became of the content credentials, in words that promise nothing that is not so. */
export const CREDENTIALS = {
  kept: { state: "kept", says: "Credentials kept: the file is the original, byte for byte." },
  none: { state: "none", says: "No content credentials: the original carries none." },
  stripped: { state: "stripped", says: "Credentials left out, as asked." },
  lostByFormat: { state: "lost", says: "Credentials lost: this format has no place for them." },
  lostByChange: {
    state: "lost",
    says: "Credentials lost: the picture was changed here, and the stored file is not signed. Export it as PNG, JPEG or WebP to have it signed.",
  },
  signedTest: {
    state: "signed-test",
    says: "Re-signed with a local test certificate: others will not trust it.",
  },
  signed: (name: string) => ({ state: "signed", says: `Signed with your certificate (${name}).` }),
} as const satisfies Record<string, CredentialState | ((name: string) => CredentialState)>;
