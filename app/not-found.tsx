import Link from "next/link";

export default function NotFound() {
  return (
    <div className="py-16 text-center">
      <h1 className="font-semibold text-2xl">There is nothing here</h1>
      <p className="mt-2 text-soft">
        The address may be mistyped, or what it named is gone.{" "}
        <Link href="/" className="text-brand underline underline-offset-4">
          Go home
        </Link>
      </p>
    </div>
  );
}
