import { hex } from "../raster/color.ts";

/** Skins and hair that people are drawn with. */
export const SKINS = ["#f0c9a8", "#d9a47a", "#a86d47", "#7a4a30", "#e6b48e", "#5b3626"].map(hex);
export const HAIRS = ["#2a1c18", "#5b3a22", "#8c5a2b", "#1b1a1f", "#b5793a", "#7a7f88"].map(hex);
