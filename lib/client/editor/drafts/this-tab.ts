/** The name of this page among the tabs of the browser: new with every load, and never kept. */
export const THIS_TAB: string = Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("");
