"use client";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { sayWhy } from "#lib/client/call-api.ts";
import { loadStarters, type Starter, takeStarter } from "#lib/client/library/starters.ts";
import { useSheets } from "#lib/client/library/use-sheets.ts";
import { count } from "#lib/client/words.ts";
import { SheetFace } from "../../../(pages)/sheets/sheet-face.tsx";
import { Modal } from "../../../review/modal.tsx";

type Chosen = { id: string; version: number };

/** The library in a dialog: pictures and names, a search, and the sheets that come along. */
export function SheetPicker({ onChoose, onClose }: { onChoose(sheet: Chosen): void; onClose(): void }) {
  const [q, setQ] = useState("");
  const { list, error } = useSheets({ q, tag: "", archived: false });
  const [starters, setStarters] = useState<Starter[]>([]);
  const [fault, setFault] = useState<string>();
  const busy = useRef(false);
  useEffect(() => {
    // They are an offer: without them the list is whole.
    loadStarters().then(setStarters, () => {});
  }, []);
  const known = new Set(list?.sheets.map(({ id }) => id));
  const words = q.trim().toLowerCase();
  const offered = starters.filter(({ id, name }) => !known.has(id) && name.toLowerCase().includes(words));
  const take = async (starter: Starter) => {
    if (busy.current) return;
    busy.current = true;
    setFault(undefined);
    try {
      onChoose({ id: await takeStarter(starter), version: 1 });
    } catch (reason) {
      setFault(sayWhy(reason));
    }
    busy.current = false;
  };
  return (
    <Modal title="Choose a spec sheet" onClose={onClose}>
      <label className="relative block">
        <span className="sr-only">Search spec sheets</span>
        <Search aria-hidden="true" className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-soft" />
        <input
          type="search"
          value={q}
          onChange={({ target }) => setQ(target.value)}
          placeholder="Search names, words, tags"
          className="min-h-10 w-full rounded-lg border border-line bg-well pr-3 pl-9 text-sm"
        />
      </label>
      {(fault || error !== undefined) && (
        <p role="alert" className="text-fail text-sm">
          {fault ?? sayWhy(error)}
        </p>
      )}
      <div className="-mx-1 max-h-[55dvh] overflow-y-auto px-1">
        {list?.sheets.length === 0 && offered.length === 0 && (
          <p className="py-6 text-center text-soft text-sm">No sheet holds all of these words.</p>
        )}
        <ul className="grid grid-cols-2 gap-3">
          {list?.sheets.map((sheet) => (
            <li key={sheet.id}>
              <Card
                name={sheet.name}
                about={count(sheet.newest, "version")}
                face={<SheetFace samples={sheet.samples} opening={sheet.opening} />}
                onClick={() => onChoose({ id: sheet.id, version: sheet.newest })}
              />
            </li>
          ))}
          {offered.map((starter) => (
            <li key={starter.id}>
              <Card
                name={starter.name}
                about="To start from: a copy is kept"
                face={<img src={starter.picture} alt="" className="size-full object-cover" />}
                onClick={() => void take(starter)}
              />
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}

function Card({ name, about, face, onClick }: { name: string; about: string; face: React.ReactNode; onClick(): void }) {
  return (
    <button type="button" onClick={onClick} className="group flex w-full flex-col text-left">
      <span className="relative block aspect-4/3 w-full overflow-hidden rounded-lg bg-well ring-1 ring-line group-hover:ring-soft">
        {face}
      </span>
      <span className="mt-1.5 truncate font-medium text-sm">{name}</span>
      <span className="truncate text-soft text-xs">{about}</span>
    </button>
  );
}
