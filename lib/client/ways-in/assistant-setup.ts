/** How an assistant on this machine is told of the studio: it starts the program and talks to it over a pipe. */
export const pipeSetup = (folder = "/path/to/throughline"): string =>
  JSON.stringify(
    {
      mcpServers: {
        throughline: {
          command: "node",
          args: [`${folder}/bin/throughline.js`, "mcp"],
          env: { THROUGHLINE_DATA: `${folder}/data` },
        },
      },
    },
    null,
    2,
  );

/** How one elsewhere is: it calls the studio's address with the token. */
export const httpSetup = (origin: string): string =>
  JSON.stringify(
    {
      mcpServers: {
        throughline: {
          type: "http",
          url: `${origin}/api/mcp`,
          headers: { Authorization: "Bearer $THROUGHLINE_TOKEN" },
        },
      },
    },
    null,
    2,
  );
