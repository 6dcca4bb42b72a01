import { Star } from "lucide-react";

/** One to five stars of a picture; the same one again takes them away. */
export function Stars({ given, onGive }: { given: number; onGive(stars: number): void }) {
  return (
    <fieldset className="-ml-2 flex" aria-label={`Stars: ${given} of 5`}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={`${stars} ${stars === 1 ? "star" : "stars"}`}
          aria-pressed={given === stars}
          title={`${stars}`}
          onClick={() => onGive(stars)}
          className={`grid h-11 w-9 place-items-center lg:h-9 ${stars <= given ? "text-brand" : "text-soft/60 hover:text-ink"}`}
        >
          <Star aria-hidden="true" className={`size-4.5 ${stars <= given ? "fill-current" : ""}`} />
        </button>
      ))}
    </fieldset>
  );
}
