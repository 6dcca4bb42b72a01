import { RevisionsScreen } from "./revisions-screen.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <RevisionsScreen id={decodeURIComponent((await params).id)} />;
}
