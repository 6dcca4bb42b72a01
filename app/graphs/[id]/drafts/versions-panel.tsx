"use client";

export function VersionsPanel() {
  return null;
}
