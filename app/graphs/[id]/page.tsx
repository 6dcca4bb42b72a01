import { EditorPage } from "./editor-page.tsx";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

const word = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** `?in=` tells which nodes were opened to get here, `?node=` which one is selected. */
export default async function Page({ params, searchParams }: Props) {
  const { in: way, node } = await searchParams;
  return <EditorPage id={decodeURIComponent((await params).id)} way={word(way)} node={word(node)} />;
}
