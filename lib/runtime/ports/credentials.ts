import type { SourceType } from "../../protocol/exports.ts";

/** Who would sign: the user's certificate, or this machine's own test certificate, which nobody else trusts. */
export type Signer = { kind: "own" | "test"; name: string };

/** A step of how a picture came to be, as C2PA names it (`c2pa.edited`, `c2pa.resized` …). */
export type CredentialAction = { action: string; description?: string };

/** What is said under the signature. With a `parent`, the picture was opened from it; without one it was created. */
export type Claim = {
  title: string;
  sourceType?: SourceType;
  parent?: { bytes: Buffer; mediaType: string; title: string };
  actions: CredentialAction[];
};

/** What a picture's content credentials say. `problems` = codes of what does not hold; an unknown certificate is one of them. */
export type CredentialsRead = {
  signedBy?: string;
  generator?: string;
  valid: boolean;
  /** Labels of actions in the newest manifest. */
  actions: string[];
  sourceTypes: string[];
  ingredients: { title?: string; relationship?: string; hasCredentials: boolean }[];
  problems: string[];
};

/**
 * Content credentials (C2PA). Never reaches the network. Throws StepError CERTIFICATE_* when the user's certificate cannot be used and
 * CREDENTIALS_FAILED when signing or reading does not work; the picture itself is never damaged.
 */
export type Credentials = {
  signer(): Promise<Signer>;
  /** The same picture with a signed manifest inside. PNG, JPEG and WebP. */
  sign(picture: { bytes: Buffer; mediaType: string }, claim: Claim): Promise<Buffer>;
  read(bytes: Buffer, mediaType: string): Promise<CredentialsRead>;
  close(): Promise<void>;
};
