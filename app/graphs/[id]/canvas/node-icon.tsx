import {
  Archive,
  BadgeCheck,
  Box,
  Boxes,
  ClipboardList,
  Combine,
  FileImage,
  FlaskConical,
  Hash,
  Image,
  Images,
  ListChecks,
  type LucideIcon,
  Maximize2,
  MessagesSquare,
  NotebookText,
  PenTool,
  Scaling,
  ShieldCheck,
  SlidersHorizontal,
  Sparkles,
  Split,
  SquareDashed,
  Stamp,
  StickyNote,
  TextCursorInput,
  Trophy,
  Type,
  UserCheck,
  WandSparkles,
  Waypoints,
  Webhook,
  Workflow,
} from "lucide-react";
import type { Group } from "#lib/sdk/define-node.ts";

/** The icons that node files name. One that is not here is drawn as a box: the bundle holds no others. */
const ICONS: Record<string, LucideIcon> = {
  archive: Archive,
  "badge-check": BadgeCheck,
  boxes: Boxes,
  "clipboard-list": ClipboardList,
  combine: Combine,
  "file-image": FileImage,
  "flask-conical": FlaskConical,
  hash: Hash,
  image: Image,
  images: Images,
  "list-checks": ListChecks,
  "maximize-2": Maximize2,
  "messages-square": MessagesSquare,
  "notebook-text": NotebookText,
  "pen-tool": PenTool,
  scaling: Scaling,
  "shield-check": ShieldCheck,
  "sliders-horizontal": SlidersHorizontal,
  sparkles: Sparkles,
  split: Split,
  "square-dashed": SquareDashed,
  stamp: Stamp,
  "sticky-note": StickyNote,
  "text-cursor-input": TextCursorInput,
  trophy: Trophy,
  type: Type,
  "user-check": UserCheck,
  "wand-sparkles": WandSparkles,
  waypoints: Waypoints,
  webhook: Webhook,
  workflow: Workflow,
};

/** A node type's icon by the kebab-case name its definition gives. */
export function NodeIcon({ name, className = "size-3.5" }: { name?: string; className?: string }) {
  const Icon = ICONS[name ?? ""] ?? Box;
  return <Icon aria-hidden="true" className={className} />;
}

/** The icon on a tile in its group's colour. */
export const IconTile = ({ name, group }: { name?: string; group?: Group }) => (
  <span className="canvas-tile grid size-5.5 shrink-0 place-items-center rounded-md" data-group={group}>
    <NodeIcon name={name} />
  </span>
);
