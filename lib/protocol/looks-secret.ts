/** Keys of providers, bearer tokens, private keys, addresses with a password: what never belongs into a document that is shared. Every repetition is bounded. */
const SECRETS = [
  /\bsk-[A-Za-z0-9_-]{16,}/,
  /\bBearer\s{1,8}[A-Za-z0-9._~+/-]{20,}/i,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/,
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#@:]{1,128}:[^\s/?#@]{1,128}@/i,
  /\b(?:ghp|gho|ghs|github_pat|xox[abp])[-_][A-Za-z0-9_-]{20,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
];

/** True when a text seems to hold a key, a token or a password. Words about keys are none. */
export const looksSecret = (text: string): boolean => SECRETS.some((pattern) => pattern.test(text));
