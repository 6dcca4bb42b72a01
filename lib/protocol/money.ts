/** Money is counted in integer micro-USD everywhere inside; it becomes USD (a decimal number) only at the outward contract. */
export type MicroUsd = number;

/** USD → micro-USD, rounded up so that a cap is never widened by rounding. The sum at the end turns -0 into 0. */
export const toMicro = (usd: number): MicroUsd => Math.ceil(usd * 1e6 - 1e-6) + 0;

/** Micro-USD → USD, exact to six decimals. */
export const toUsd = (micro: MicroUsd): number => Math.round(micro) / 1e6;
