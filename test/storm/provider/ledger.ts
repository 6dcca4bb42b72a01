/** One create call as it reached the provider. */
export type Create = {
  /** `metadata.call_key`, or `images:<n>` for the Image API, which has none. */
  key: string;
  at: number;
  /** What the request drew from, shortened. */
  prompt: string;
  parent?: string;
  responseId?: string;
  /** SHA-256 of the picture it gives, hex. */
  picture?: string;
  paid: boolean;
  /** A structured question about pictures. */
  judges?: boolean;
  fault?: string;
  refused?: string;
};

export type Ledger = {
  creates: Create[];
  /** Paid work by call key. More than 1 anywhere is the provider being sent the same key twice. */
  paid: Record<string, number>;
  polls: number;
  cancels: number;
  /** Most drawings in flight at once. */
  mostInFlight: number;
  violations: string[];
};

export const emptyLedger = (): Ledger => ({
  creates: [],
  paid: {},
  polls: 0,
  cancels: 0,
  mostInFlight: 0,
  violations: [],
});
