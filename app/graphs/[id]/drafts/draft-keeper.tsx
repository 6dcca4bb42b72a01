"use client";

export function DraftKeeper() {
  return null;
}
