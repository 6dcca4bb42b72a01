import { type Camera, centred, fitted, type Size, zoomedAt } from "#lib/client/editor/paint/camera.ts";

/** What one or several stages look at: two that share it zoom and move together. */
export type StageView = {
  readonly camera: Camera;
  /** Moves the camera by hand: it no longer follows the size of the window. */
  look(camera: Camera): void;
  /** A stage tells its size; the picture is fitted until somebody moves it. */
  resized(picture: Size, stage: Size): void;
  fit(): void;
  /** 1 = one pixel of the picture on one pixel of the page. */
  zoomTo(scale: number): void;
  zoomBy(factor: number): void;
  /** Draws again. */
  redraw(): void;
  subscribe(draw: () => void): () => void;
};

export function createStageView(): StageView {
  let camera: Camera = { x: 0, y: 0, scale: 1 };
  let sizes: { picture: Size; stage: Size } | undefined;
  let moved = false;
  const draws = new Set<() => void>();
  const redraw = () => {
    for (const draw of draws) draw();
  };
  const set = (next: Camera) => {
    camera = next;
    redraw();
  };
  const middle = () => ({ x: (sizes?.stage.width ?? 0) / 2, y: (sizes?.stage.height ?? 0) / 2 });
  return {
    get camera() {
      return camera;
    },
    look(next) {
      moved = true;
      set(next);
    },
    resized(picture, stage) {
      sizes = { picture, stage };
      if (moved) redraw();
      else set(fitted(picture, stage, margin(stage)));
    },
    fit() {
      moved = false;
      if (sizes) set(fitted(sizes.picture, sizes.stage, margin(sizes.stage)));
    },
    zoomTo(scale) {
      moved = true;
      if (sizes) set(centred(sizes.picture, sizes.stage, scale));
    },
    zoomBy(factor) {
      moved = true;
      set(zoomedAt(camera, middle(), factor));
    },
    redraw,
    subscribe(draw) {
      draws.add(draw);
      return () => draws.delete(draw);
    },
  };
}

const margin = ({ width }: Size): number => (width < 600 ? 8 : 28);
