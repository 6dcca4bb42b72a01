const STYLE = `
:root{color-scheme:dark light;--bg:#141414;--card:#1c1c1c;--line:#ffffff1a;--ink:#f2f0ed;--soft:#a9a49d;--brand:#f0915b}
@media(prefers-color-scheme:light){:root{--bg:#fefefe;--card:#fff;--line:#d8d8d8;--ink:#1b1a19;--soft:#5f5a54;--brand:#a8481a}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main{max-width:30rem;margin:24px;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:16px}
h1{margin:0 0 12px;font-size:22px;font-weight:600}p{margin:0 0 12px;color:var(--soft)}
code{color:var(--ink);background:var(--line);border-radius:6px;padding:2px 6px;font-size:14px;white-space:nowrap}
a{color:var(--brand)}`;

/**
 * What a browser without a session sees. `again` is set when another site sent the browser here: a strict cookie stays at home on such a
 * visit, so the page asks once more from our own side and a signed-in person never notices.
 */
export function signInPage(options: { nonce: string; wrongToken: boolean; again?: string }): string {
  const again = options.again?.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>Sign in · Throughline</title>${again ? `<meta http-equiv="refresh" content="0;url=${again}">` : ""}
<style nonce="${options.nonce}">${STYLE}</style></head>
<body><main><h1>${options.wrongToken ? "This link is no longer good" : "Open the link from the terminal"}</h1>
<p>Throughline lets in only who started it. Where you ran <code>npm start</code>, the last line shows an address that ends in
<code>/?token=…</code> — open that one in this browser.</p>
<p>${
    options.wrongToken
      ? "Each start prints a new link unless THROUGHLINE_TOKEN is set."
      : "After that this browser is remembered, also over restarts."
  }</p>${again ? `<p><a href="${again}">Go on</a></p>` : ""}</main></body></html>`;
}
