const STYLE = `
:root{color-scheme:dark light;--bg:#141414;--card:#1c1c1c;--line:#ffffff1a;--ink:#f2f0ed;--soft:#a9a49d;--brand:#f0915b}
@media(prefers-color-scheme:light){:root{--bg:#fefefe;--card:#fff;--line:#d8d8d8;--ink:#1b1a19;--soft:#5f5a54;--brand:#a8481a}}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--bg);color:var(--ink);font:16px/1.55 system-ui,sans-serif}
main{max-width:30rem;margin:24px;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:16px}
h1{margin:0 0 12px;font-size:22px;font-weight:600}p{margin:0 0 12px;color:var(--soft)}
code{color:var(--ink);background:var(--line);border-radius:6px;padding:2px 6px;font-size:14px;white-space:nowrap}
a{color:var(--brand)}`;

/** A page of a few sentences that needs no file and runs no script. `title` and `body` are our own HTML; `head` comes before the style. */
export const plainPage = (options: { nonce: string; title: string; body: string; head?: string }): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${options.title} · Throughline</title>${options.head ?? ""}
<style nonce="${options.nonce}">${STYLE}</style></head>
<body><main>${options.body}</main></body></html>`;

/** What somebody sees whose link is no good, whatever the reason: it tells nothing about why. */
export const linkOverPage = (nonce: string): string =>
  plainPage({
    nonce,
    title: "This link is not good",
    body: `<h1>This link is not good</h1>
<p>It was used or withdrawn, it has run out, or it never was. Each link is good for one decision.</p>
<p>Ask the person who sent it for another one.</p>`,
  });
