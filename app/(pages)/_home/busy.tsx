/** Over a picture while something is on its way. */
export function Busy({ words }: { words: string }) {
  return (
    <span
      role="status"
      className="absolute inset-0 grid place-items-center bg-[#141414]/70 font-medium text-[#f2f0ed] text-sm"
    >
      {words}
      <span aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 overflow-hidden">
        <span className="block h-full w-1/3 animate-sweep bg-[#f0915b]" />
      </span>
    </span>
  );
}
