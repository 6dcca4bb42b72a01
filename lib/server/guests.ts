import type { IncomingMessage } from "node:http";
import type { ReviewLinks } from "./review-links.ts";

/** People who come with a link and no session: which page they see, and which files it is made of. */
export type Guests = {
  /** The token of a link's address, or undefined for every other address. */
  tokenIn(path: string): string | undefined;
  /** Is the link good right now? Throws HttpError 429 when it is asked too often. */
  admits(token: string): Promise<boolean>;
  /** The Set-Cookie that lets this browser load the files of the page, and nothing else. */
  cookie(): string;
  /** True for a file of the product's own pages, asked for by a browser that opened a good link. */
  mayLoad(path: string, cookie: string | undefined): boolean;
};

/** Where Next finds the page. It is told neither the token nor anything the visitor's browser says beyond what a page needs. */
const PAGE = "/r";
const TOLD = new Set(["host", "accept", "accept-encoding", "accept-language", "user-agent", "content-security-policy"]);

/** Build output and the icon: the published code of the product, no data. Decoded once, as Next does; nothing climbs and nothing is decoded twice. */
const FILE = /^(\/icon\.svg|\/_next\/static\/[\w.~@/()[\]+-]+)$/;

function isPageFile(path: string): boolean {
  try {
    const plain = decodeURIComponent(path);
    return FILE.test(plain) && !plain.includes("..");
  } catch {
    return false;
  }
}

export function createGuests(options: { links: ReviewLinks; port: number; https: boolean }): Guests {
  const { links, https } = options;
  const name = `${https ? "__Host-" : ""}throughline-guest-${options.port}`;
  return {
    tokenIn: (path) => /^\/r\/([^/]+)$/.exec(path)?.[1],
    admits: async (token) => (await links.open(token)) !== undefined,
    cookie() {
      const { value, maxAgeS } = links.guestPass();
      return `${name}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Strict${https ? "; Secure" : ""}`;
    },
    mayLoad(path, cookie) {
      const pass = (cookie ?? "")
        .split(";")
        .map((part) => part.trim())
        .find((part) => part.startsWith(`${name}=`));
      return pass !== undefined && isPageFile(path) && links.isGuestPass(pass.slice(name.length + 1));
    },
  };
}

/** Makes a request for a link's page one that says nothing about who asks and by which link. */
export function anonymous(req: IncomingMessage): void {
  req.url = PAGE;
  for (const header of Object.keys(req.headers)) if (!TOLD.has(header)) delete req.headers[header];
}
