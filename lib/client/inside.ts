/** What stands inside a node is named `node/inner`: the node of the outermost graph that an id belongs to. */
export const outermost = (id: string): string => id.split("/", 1)[0] ?? id;

/** What an id is called inside its own graph. */
export const innermost = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** Is this the node itself, or something inside it? */
export const isWithin = (id: string, holder: string): boolean => id === holder || id.startsWith(`${holder}/`);
