/** A POST that may be sent. Headers in lower case; the body as it was signed. */
export type OutgoingPost = { url: string; headers: Record<string, string>; body: string };
/** What came back; nothing of the answer's body is ever read. */
export type PostAnswer = { status: number; retryAfterMs?: number };

/**
 * Posts to the public internet and nowhere else; never to this product itself; redirects are not followed. Throws StepError: URL_INVALID,
 * USERINFO_REFUSED, SSRF_BLOCKED, PORT_NOT_ALLOWED; and URL_FAILED or URL_TIMEOUT, which may be tried again; the signal's own reason when the caller aborts.
 */
export type GuardedPost = { post(message: OutgoingPost, signal?: AbortSignal): Promise<PostAnswer> };

/** A delivery that left, or is to leave, by a node. */
export type SentRow = {
  id: string;
  runId: string;
  nodeId: string;
  host: string;
  state: "sending" | "delivered" | "failed";
  attempts: number;
  status?: number;
  error?: string;
  at: number;
};

/** Deliveries by id: what is delivered is not sent again, whoever asks. */
export type SentStore = {
  get(id: string): Promise<SentRow | undefined>;
  put(row: SentRow): Promise<void>;
};
