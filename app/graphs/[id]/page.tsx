import { EditorPage } from "./editor-page.tsx";

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  return <EditorPage id={decodeURIComponent((await params).id)} />;
}
