import { byteSize, count } from "#lib/client/words.ts";
import type { SettingsAnswer } from "#lib/protocol/settings.ts";
import { Notice } from "../../_ui/notice.tsx";
import { Section } from "./section.tsx";

/** Where everything lies, how much of it there is, and whether the store is well. */
export function Storage({ settings }: { settings: SettingsAnswer }) {
  const { storage, problems } = settings;
  return (
    <Section
      title="Storage and health"
      says="Graphs, runs and pictures lie in one folder of the server. Back it up as a whole."
    >
      {problems.map((problem) => (
        <Notice key={problem} tone="hold" title={problem} />
      ))}
      {problems.length === 0 && <p className="text-sm">Everything is well.</p>}
      <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-2 text-sm">
        <dt className="text-soft">Folder</dt>
        <dd className="break-all font-mono text-xs leading-6">{storage.folder}</dd>
        <dt className="text-soft">Stored</dt>
        <dd className="tabular-nums">
          {count(storage.assets, "file")}, {byteSize(storage.bytes)}
        </dd>
        <dt className="text-soft">Free</dt>
        <dd className="tabular-nums">{byteSize(storage.freeBytes)}</dd>
        <dt className="text-soft">Version</dt>
        <dd>{settings.version}</dd>
      </dl>
      <p className="text-soft text-xs">
        <code>npx throughline fsck</code> checks every file against its name; <code>npx throughline gc</code> deletes
        what nothing refers to.
      </p>
    </Section>
  );
}
