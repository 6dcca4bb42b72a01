"use client";

export function RunKeeper() {
  return null;
}
