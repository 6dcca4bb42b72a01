"use client";
import { createContext } from "react";
import type { AssetId, VerdictValue } from "#lib/protocol/values.ts";

/** What this run found of its pictures, also of those that were judged after they were given. */
export const VerdictsContext = createContext<ReadonlyMap<AssetId, readonly VerdictValue[]>>(new Map());
