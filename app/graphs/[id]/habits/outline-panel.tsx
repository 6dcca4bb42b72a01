"use client";

export function OutlinePanel() {
  return null;
}
