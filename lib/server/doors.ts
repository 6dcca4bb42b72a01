/** Which names this server answers to, and whose pages may change things. Decided from the socket and the settings, never from forwarded headers. */
export type Doors = {
  /** True for a Host header this server is known by. */
  knows(host: string | undefined): boolean;
  /** True when a page of `origin` may send an unsafe request to `host`. */
  mayChange(origin: string, host: string): boolean;
};

/** Host allow-list on the bound port: loopback names and the public address. Default ports may be left out, as browsers do. */
export function doorsOf(port: number, publicUrl?: URL): Doors {
  const origins = new Map<string, string>();
  for (const name of ["127.0.0.1", "localhost", "[::1]"]) {
    const origin = `http://${name}${port === 80 ? "" : `:${port}`}`;
    origins.set(`${name}:${port}`, origin);
    if (port === 80) origins.set(name, origin);
  }
  if (publicUrl) {
    origins.set(publicUrl.host, publicUrl.origin);
    const usual = publicUrl.protocol === "https:" ? 443 : 80;
    if (publicUrl.port === "") origins.set(`${publicUrl.host}:${usual}`, publicUrl.origin);
  }
  return {
    knows: (host) => host !== undefined && origins.has(host.toLowerCase()),
    mayChange: (origin, host) => origins.get(host.toLowerCase()) === origin,
  };
}

/** Methods that read only. */
export const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** What a browser says about where a request comes from. */
export type Whence = { method: string; host: string; origin?: string; site?: string };

/**
 * Why a request is foreign, or undefined. Unsafe methods need their own origin where one is named; any request that a browser marks as
 * coming from another site or another port of this machine is refused. Requests without either header come from programs.
 */
export function foreign(doors: Doors, { method, host, origin, site }: Whence): string | undefined {
  if (site !== undefined && site !== "same-origin" && site !== "none")
    return `A page of another site sent this request.`;
  if (origin !== undefined && !SAFE_METHODS.has(method) && !doors.mayChange(origin, host))
    return "A page of another origin sent this request.";
  return undefined;
}
