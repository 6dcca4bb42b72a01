"use client";

export function SaveBadge() {
  return null;
}
