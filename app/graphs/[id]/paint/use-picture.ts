"use client";
import { useEffect, useState } from "react";
import { assetUrl } from "#lib/client/call-api.ts";
import type { Size } from "#lib/client/editor/paint/camera.ts";
import type { Pixels } from "#lib/client/editor/paint/rasterise.ts";

export type Loaded = { picture?: HTMLImageElement; error?: string };

/** A stored picture, decoded and ready to be drawn. */
export function usePicture(asset: string | undefined): Loaded {
  const [loaded, setLoaded] = useState<Loaded & { asset?: string }>({});
  useEffect(() => {
    if (asset === undefined) return;
    let wanted = true;
    const picture = new Image();
    picture.src = assetUrl(asset);
    picture.decode().then(
      () => wanted && setLoaded({ asset, picture }),
      () => wanted && setLoaded({ asset, error: "The picture cannot be loaded. Is npm start still running?" }),
    );
    return () => {
      wanted = false;
    };
  }, [asset]);
  return loaded.asset === asset ? loaded : {};
}

/** The size of a decoded picture in pixels. */
export const sizeOf = (picture: HTMLImageElement): Size => ({
  width: picture.naturalWidth,
  height: picture.naturalHeight,
});

/** The pixels of a picture at a size. */
export function pixelsOf(picture: CanvasImageSource, { width, height }: Size): Pixels & { data: Uint8ClampedArray } {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.drawImage(picture, 0, 0, width, height);
  const data = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray(width * height * 4);
  return { width, height, channels: 4, data };
}

/** An empty canvas of a size. */
export function canvasOf({ width, height }: Size): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  return canvas;
}
