"use client";

export function Keys() {
  return null;
}
