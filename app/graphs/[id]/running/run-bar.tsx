"use client";

export function RunBar() {
  return null;
}
