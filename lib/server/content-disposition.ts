/** A Content-Disposition with a name any program reads (RFC 6266): an ASCII fallback and the name itself in UTF-8. */
export function contentDisposition(how: "inline" | "attachment", name: string): string {
  const clean = name.replace(/[\p{Cc}\p{Cf}\\/"]/gu, "_").slice(0, 120);
  const ascii = clean.replace(/[^\x20-\x7e]/g, "_");
  const encoded = encodeURIComponent(clean).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${ascii}"${ascii === clean ? "" : `; filename*=UTF-8''${encoded}`}`;
}
