/** The look of what floats beside the run button. */
export const BOX = "max-w-[min(22rem,calc(100vw-12.5rem))] rounded-xl border border-line bg-surface/95 shadow-sm";
