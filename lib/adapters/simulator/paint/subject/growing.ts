import { darken, hex, lighten, mix } from "../raster/color.ts";
import { box, ellipse, polygon, smoothLine, stroke } from "../raster/contours.ts";
import { fill } from "../raster/fill.ts";
import { along, flat } from "../raster/paint-kinds.ts";
import { shadow, solid } from "../shading.ts";
import { mirrored, onSpot, type Subject } from "./place-on.ts";

const LEAF = hex("#3f8f5b");

/** Flowers in a pot. */
export const plant: Subject = (stage, spot) => {
  const { curve, point, map, size } = onSpot({ ...spot, size: spot.size * 1.05 });
  const { canvas, palette, random } = stage;
  shadow(stage, spot.x, spot.y, size(0.62), 0.55);
  const green = mix(LEAF, palette.land[1], 0.3);
  const stems = [
    [-0.24, -0.8],
    [-0.06, -0.98],
    [0.16, -0.9],
    [0.3, -0.68],
    [-0.36, -0.58],
  ] as const;
  for (let i = 0; i < 12; i++) {
    const angle = random.between(-1.25, 1.25);
    const length = random.between(0.2, 0.4);
    const [x, y] = point(Math.sin(angle) * length * 0.62, -0.36 - Math.cos(angle) * length * 0.6);
    fill(
      canvas,
      ellipse(x, y, size(0.062), size(length * 0.55), angle),
      along(
        x - size(0.06),
        y,
        x + size(0.06),
        y,
        [0, lighten(green, 0.22)],
        [1, darken(green, random.between(0.1, 0.4))],
      ),
    );
  }
  for (const [x, y] of stems)
    fill(
      canvas,
      stroke(
        smoothLine(
          map([
            [0, -0.34],
            [x * 0.4, (y - 0.34) / 2],
            [x, y],
          ]),
        ),
        size(0.014),
      ),
      flat(darken(green, 0.2)),
    );
  stems.forEach(([x, y], i) => {
    const petal = [palette.accent, palette.second, lighten(palette.accent, 0.3)][i % 3]!;
    const r = 0.085 + (i % 2) * 0.02;
    for (let k = 0; k < 7; k++) {
      const turn = (k / 7) * Math.PI * 2 + i;
      solid(
        stage,
        ellipse(
          ...point(x + Math.cos(turn) * r * 0.8, y + Math.sin(turn) * r * 0.8),
          size(r * 0.62),
          size(r * 0.4),
          turn,
        ),
        k % 2 === 0 ? petal : darken(petal, 0.1),
        { gloss: 0.25, depth: 0.3 },
      );
    }
    solid(stage, ellipse(...point(x, y), size(r * 0.42)), mix(palette.light, [0.96, 0.75, 0.25], 0.6), { gloss: 0.3 });
  });
  solid(
    stage,
    curve([
      [-0.23, -0.37],
      [-0.21, -0.2],
      [-0.15, -0.01],
      [0, 0.005],
      [0.15, -0.01],
      [0.21, -0.2],
      [0.23, -0.37],
      [0, -0.35],
    ]),
    mix(palette.second, palette.paper, 0.3),
    { gloss: 0.4 },
  );
  solid(
    stage,
    box(...point(-0.255, -0.41), size(0.51), size(0.075), size(0.02)),
    mix(palette.second, palette.paper, 0.2),
    { gloss: 0.4 },
  );
};

/** Fruit: two whole and one behind. */
export const fruit: Subject = (stage, spot) => {
  const s = { ...spot, size: spot.size * 0.9 };
  const { curve, point, map, size } = onSpot(s);
  const { canvas, palette } = stage;
  shadow(stage, s.x, s.y, size(1.15), 0.6);
  const colors = [palette.second, palette.accent, mix(palette.accent, palette.second, 0.35)];
  (
    [
      [0.1, -0.2, 0.3],
      [-0.26, 0, 0.34],
      [0.3, 0.02, 0.29],
    ] as const
  ).forEach(([x, y, r], i) => {
    const color = colors[i]!;
    solid(
      stage,
      curve([
        [x, y - r * 1.78],
        [x + r * 0.6, y - r * 1.9],
        [x + r * 1.02, y - r * 1.25],
        [x + r * 0.86, y - r * 0.4],
        [x + r * 0.3, y],
        [x, y - r * 0.06],
        [x - r * 0.3, y],
        [x - r * 0.86, y - r * 0.4],
        [x - r * 1.02, y - r * 1.25],
        [x - r * 0.6, y - r * 1.9],
      ]),
      color,
      { gloss: 0.6 },
    );
    fill(
      canvas,
      stroke(
        smoothLine(
          map([
            [x, y - r * 1.74],
            [x + 0.01, y - r * 2],
            [x + 0.05, y - r * 2.2],
          ]),
        ),
        size(0.02),
      ),
      flat([0.3, 0.2, 0.13]),
    );
    fill(
      canvas,
      ellipse(...point(x + 0.11, y - r * 2.12), size(0.08), size(0.032), -0.5),
      flat(mix(LEAF, palette.land[1], 0.2)),
    );
    fill(canvas, ellipse(...point(x - r * 0.42, y - r * 1.4), size(r * 0.16), size(r * 0.26), 0.5), flat([1, 1, 1]), {
      opacity: 0.55,
      blur: size(0.012),
    });
  });
};

/** A broad tree. */
export const tree: Subject = (stage, spot) => {
  const { curve, point, size } = onSpot({ ...spot, size: spot.size * 1.2 });
  const { palette, random } = stage;
  shadow(stage, spot.x, spot.y, size(0.7), 0.5);
  solid(
    stage,
    curve([
      [-0.09, 0.01],
      [-0.05, -0.2],
      [-0.05, -0.45],
      [0.05, -0.45],
      [0.05, -0.2],
      [0.1, 0.01],
    ]),
    mix(palette.land[2], [0.34, 0.23, 0.17], 0.6),
    { gloss: 0.1 },
  );
  const leaf = palette.asked ? palette.accent : mix(LEAF, palette.second, 0.35);
  for (let i = 0; i < 16; i++) {
    const turn = random.next() * Math.PI * 2;
    const reach = Math.sqrt(random.next()) * 0.27;
    solid(
      stage,
      ellipse(...point(Math.cos(turn) * reach * 1.15, -0.66 + Math.sin(turn) * reach), size(random.between(0.1, 0.17))),
      mix(leaf, darken(leaf, 0.4), random.next() * 0.8 * (0.5 + Math.sin(turn) / 2)),
      { gloss: 0.3, depth: 0.3 },
    );
  }
};

/** A small house, lit inside. */
export const house: Subject = (stage, spot) => {
  const { point, poly, size } = onSpot({ ...spot, size: spot.size * 0.95 });
  const { canvas, palette } = stage;
  shadow(stage, spot.x, spot.y, size(1.2), 0.5);
  const wall = lighten(palette.light, 0.1);
  solid(stage, box(...point(0.22, -0.95), size(0.1), size(0.3)), darken(palette.accent, 0.35), { gloss: 0.1 });
  solid(stage, box(...point(-0.44, -0.52), size(0.88), size(0.52)), wall, { gloss: 0.2, depth: 0.35 });
  fill(
    canvas,
    polygon([point(-0.44, -0.5), point(0.44, -0.5), point(0.44, -0.44), point(-0.44, -0.42)]),
    flat(palette.shade),
    { opacity: 0.3, blur: size(0.02) },
  );
  solid(
    stage,
    poly([
      [-0.56, -0.5],
      [0, -0.98],
      [0.56, -0.5],
      [0.5, -0.46],
      [-0.5, -0.46],
    ]),
    palette.accent,
    { gloss: 0.2 },
  );
  solid(stage, box(...point(-0.07, -0.3), size(0.17), size(0.3), size(0.02)), palette.second, { gloss: 0.3 });
  const lamp = palette.night ? ([1, 0.86, 0.5] as const) : mix(palette.sky[1], palette.ink, 0.3);
  for (const x of [-0.34, 0.2]) {
    fill(canvas, box(...point(x - 0.012, -0.362), size(0.174), size(0.174)), flat(lighten(wall, 0.4)));
    fill(canvas, box(...point(x, -0.35), size(0.15), size(0.15)), flat(lamp));
    fill(canvas, box(...point(x + 0.07, -0.35), size(0.01), size(0.15)), flat(lighten(wall, 0.4)));
  }
};

/** Balanced stones: what stands in when the words name nothing we can draw. */
export const sculpture: Subject = (stage, spot) => {
  const { curve, point, size } = onSpot({ ...spot, size: spot.size * 0.98 });
  const { palette, random, canvas } = stage;
  shadow(stage, spot.x, spot.y, size(0.7), 0.55);
  const flip = random.chance(0.5) ? 1 : -1;
  solid(
    stage,
    curve(
      mirrored([
        [0, -0.3],
        [0.24, -0.27],
        [0.34, -0.13],
        [0.24, -0.01],
        [0, 0],
      ]),
    ),
    palette.second,
    { gloss: 0.35 },
  );
  fill(canvas, ellipse(...point(0.04 * flip, -0.28), size(0.16), size(0.02)), flat(palette.shade), {
    opacity: 0.4,
    blur: size(0.02),
  });
  solid(stage, ellipse(...point(0.04 * flip, -0.48), size(0.21)), palette.accent, { gloss: 0.75 });
  fill(canvas, ellipse(...point(0.01 * flip, -0.685), size(0.1), size(0.012)), flat(palette.shade), {
    opacity: 0.4,
    blur: size(0.012),
  });
  solid(
    stage,
    curve([
      [-0.17, -0.7],
      [-0.14, -0.78],
      [0.02, -0.81],
      [0.18, -0.78],
      [0.2, -0.71],
      [0.04, -0.68],
    ]),
    lighten(palette.land[0], 0.12),
    { gloss: 0.3 },
  );
  solid(
    stage,
    ellipse(...point(0.06 * flip, -0.9), size(0.095)),
    lighten(mix(palette.accent, palette.second, 0.5), 0.2),
    { gloss: 0.8 },
  );
};
