import { Modal } from "./modal.tsx";

const KEYS: readonly [string, string][] = [
  ["J, →", "Next picture"],
  ["K, ←", "Previous picture"],
  ["A", "Approve"],
  ["R", "Write what has to change; Ctrl+Enter sends it back"],
  ["X", "Reject"],
  ["Space", "Pick or unpick one of several"],
  ["1 – 5", "Stars"],
  ["D", "Draw on the picture"],
  ["B", "Show or hide the judge's boxes"],
  ["0, double click", "The picture's own pixels"],
  ["Z", "Undo, until it is sent"],
];

/** The keys of this screen. */
export const KeysHelp = ({ onClose }: { onClose(): void }) => (
  <Modal title="Keys" onClose={onClose}>
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
      {KEYS.map(([key, does]) => (
        <div key={key} className="contents">
          <dt className="font-medium text-soft">{key}</dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  </Modal>
);
