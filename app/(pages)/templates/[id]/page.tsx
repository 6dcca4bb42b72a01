import { FormScreen } from "./form-screen.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <FormScreen id={decodeURIComponent((await params).id)} />;
}
