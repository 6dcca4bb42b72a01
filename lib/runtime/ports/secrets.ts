/** A text nobody reads without this server's key. */
export type SealedText = Record<string, string>;

/** Seals and opens with the server's own key. `about` is sealed in: what was sealed for one thing opens for nothing else. */
export type Sealer = {
  seal(text: string, about: string): SealedText;
  /** Undefined when it was sealed with another key, for another thing, or was changed. */
  open(sealed: SealedText, about: string): string | undefined;
};

/** A named secret that graphs may refer to by its name. It is used for one origin only. */
export type SecretRow = { name: string; origin: string; sealed: SealedText; createdAt: number };

export type SecretStore = {
  put(secret: SecretRow): Promise<void>;
  get(name: string): Promise<SecretRow | undefined>;
  list(): Promise<SecretRow[]>;
  remove(name: string): Promise<boolean>;
};
