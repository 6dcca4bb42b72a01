"use client";

export function QueuePanel() {
  return null;
}
