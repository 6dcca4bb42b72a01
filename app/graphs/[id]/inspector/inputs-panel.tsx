"use client";

export function InputsPanel() {
  return null;
}
