/** The places of the studio, in the order of the work. */
export const PLACES = [
  { href: "/", title: "Home" },
  { href: "/templates", title: "Templates" },
  { href: "/runs", title: "Runs" },
  { href: "/review", title: "Review", waits: true },
  { href: "/batches", title: "Tables" },
  { href: "/archive", title: "Archive" },
  { href: "/sheets", title: "Sheets" },
] as const;

/** Which of the places an address belongs to. */
export const isAt = (href: string, here: string): boolean => (href === "/" ? here === "/" : here.startsWith(href));
