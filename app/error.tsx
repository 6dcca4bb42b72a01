"use client";
import { Button } from "./_ui/button.tsx";

export default function Broken({ retry }: { retry?(): void }) {
  return (
    <div className="py-16 text-center">
      <h1 className="font-semibold text-2xl">This screen broke</h1>
      <p className="mt-2 mb-6 text-soft">Your runs go on without it.</p>
      <Button look="first" onClick={() => (retry ? retry() : location.reload())}>
        Draw it again
      </Button>
    </div>
  );
}
