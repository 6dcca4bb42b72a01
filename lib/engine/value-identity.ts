import type { ImageValue, Turn, Value } from "../protocol/values.ts";

/**
 * What of a value decides a result: its content, the turn it continues and the words that go out with it. How it came to be (`made`), what it
 * cost and when does not: the same picture from another run is the same picture.
 */
export function valueIdentity(value: Value): unknown {
  switch (value.kind) {
    case "image":
      return imageIdentity(value);
    case "thread":
      return { kind: value.kind, turn: turnIdentity(value.turn) };
    case "spec": {
      const { sheet: _sheet, ...spec } = value;
      return { ...spec, samples: value.samples?.map(imageIdentity) };
    }
    case "revision":
      return { ...value, image: imageIdentity(value.image) };
    case "file":
      return { ...value, image: value.image && imageIdentity(value.image) };
    case "verdict": {
      const { costUsd: _costUsd, ...verdict } = value;
      return verdict;
    }
    default:
      return value;
  }
}

const imageIdentity = ({ kind, asset, turn, label, role, note, markup, unmarked }: ImageValue) => ({
  kind,
  asset,
  turn: turn && turnIdentity(turn),
  label,
  role,
  note,
  markup,
  unmarked,
});

const turnIdentity = ({ responseId, asset }: Turn) => ({ responseId, asset });
