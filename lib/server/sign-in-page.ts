import { plainPage } from "./plain-page.ts";

/**
 * What a browser without a session sees. `again` is set when another site sent the browser here: a strict cookie stays at home on such a
 * visit, so the page asks once more from our own side and a signed-in person never notices.
 */
export function signInPage(options: { nonce: string; wrongToken: boolean; again?: string }): string {
  const again = options.again?.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  return plainPage({
    nonce: options.nonce,
    title: "Sign in",
    head: again && `<meta http-equiv="refresh" content="0;url=${again}">`,
    body: `<h1>${options.wrongToken ? "This link is no longer good" : "Open the link from the terminal"}</h1>
<p>Throughline lets in only who started it. Where you ran <code>npm start</code>, the last line shows an address that ends in
<code>/?token=…</code> — open that one in this browser.</p>
<p>${
      options.wrongToken
        ? "Each start prints a new link unless THROUGHLINE_TOKEN is set."
        : "After that this browser is remembered, also over restarts."
    }</p>${again ? `<p><a href="${again}">Go on</a></p>` : ""}`,
  });
}
