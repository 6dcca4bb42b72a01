const inOneLine = (list: readonly string[]): string => `[${list.map((text) => JSON.stringify(text)).join(", ")}]`;

/** How an assistant on this machine is told of the studio: it starts the program and talks to it over a pipe. */
export const pipeSetup = (folder = "/path/to/throughline"): string =>
  [
    '{ "mcpServers": { "throughline": {',
    '  "command": "node",',
    `  "args": ${inOneLine([`${folder}/bin/throughline.js`, "mcp"])},`,
    `  "env": { "THROUGHLINE_DATA": ${JSON.stringify(`${folder}/data`)} }`,
    "} } }",
  ].join("\n");

/** How one elsewhere is: it calls the studio's address with the token. */
export const httpSetup = (origin: string): string =>
  [
    '{ "mcpServers": { "throughline": {',
    '  "type": "http",',
    `  "url": ${JSON.stringify(`${origin}/api/mcp`)},`,
    '  "headers": { "Authorization": "Bearer $THROUGHLINE_TOKEN" }',
    "} } }",
  ].join("\n");
