import { LIMITS } from "../../protocol/limits.ts";
import { looksSecret } from "../../protocol/looks-secret.ts";
import { type Problem, problem } from "../../protocol/problems.ts";
import { utf8Length } from "../../protocol/utf8.ts";

type Words = {
  name: string;
  text: string;
  tags: readonly string[];
  note?: string;
  samples: readonly { note?: string }[];
};

/** What no sheet may hold, whether it is typed or comes in a file: keys and passwords, and more words than a turn can carry. */
export function checkSheetWords(words: Words): Problem[] {
  const texts: [field: string, text: string | undefined][] = [
    ["name", words.name],
    ["text", words.text],
    ["note", words.note],
    ...words.tags.map((tag): [string, string] => ["tags", tag]),
    ...words.samples.map((sample, index): [string, string | undefined] => [`samples.${index}.note`, sample.note]),
  ];
  return texts
    .filter(([, text]) => text !== undefined && looksSecret(text))
    .map(([field]) =>
      problem(
        "SECRET_IN_SHEET",
        `The ${field.split(".")[0]} holds what looks like a key or a password. Sheets are shared and sent: keep keys in the environment.`,
        { field },
      ),
    );
}

/** The whole of what goes out, parents included, has to fit into a turn. */
export const checkSheetLength = (text: string): Problem[] =>
  utf8Length(text, text.length) <= LIMITS.stringBytes
    ? []
    : [
        problem("SHEET_TOO_LONG", `With the sheets it extends this one has more than ${LIMITS.stringBytes} bytes.`, {
          field: "text",
        }),
      ];
