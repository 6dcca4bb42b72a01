/** Reads the lettering of a picture on this machine. */
export type TextReader = {
  /** Everything that can be read, line by line; empty when nothing can; undefined when there is no reader here, or it failed or took too long. */
  read(png: Buffer): Promise<string | undefined>;
};
