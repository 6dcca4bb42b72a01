/** `lost`: the stream broke and is being opened again. */
export type Connection = "live" | "lost" | "closed";

/** What following needs of the browser; a test hands in another one. */
export type StreamSource<E> = {
  /** Events after `after`; `broken` when the stream ended by itself. Returns how to close it. */
  open(after: number, on: { event(event: E): void; opened(): void; broken(): void }): () => void;
  /** Calls back after `ms`; returns how to forget it. */
  later(ms: number, callback: () => void): () => void;
};

const RETRY_MS = 1_500;

/** One stream of events at a time. When it breaks, `refresh` is called a little later: it knows from where to open it again. */
export function followStream<E>(
  source: StreamSource<E>,
  on: { event(event: E): void; show(): void; refresh(): Promise<void> },
) {
  let connection: Connection = "closed";
  let stream: (() => void) | undefined;
  let pending: (() => void) | undefined;

  const end = () => {
    stream?.();
    stream = undefined;
    connection = "closed";
  };
  /** Refreshes after `ms`; asked again before that, once is enough. */
  const soon = (ms = RETRY_MS) => {
    pending ??= source.later(ms, () => {
      pending = undefined;
      void on.refresh();
    });
  };
  return {
    get connection() {
      return connection;
    },
    get isOpen() {
      return stream !== undefined;
    },
    soon,
    end,
    open(after: number) {
      connection = "live";
      stream = source.open(after, {
        event: on.event,
        opened: () => {
          connection = "live";
          on.show();
        },
        broken: () => {
          end();
          connection = "lost";
          on.show();
          soon();
        },
      });
    },
    /** Nothing is to be heard any more: a broken stream is not opened again. */
    rest() {
      if (connection === "lost") connection = "closed";
    },
    close() {
      pending?.();
      end();
    },
  };
}
