import { createContext, useContext } from "react";

/** True while the canvas is so far away that cards show only the essential. One switch for all cards, thrown at one zoom. */
export const FarContext = createContext(false);

export const useFar = (): boolean => useContext(FarContext);
