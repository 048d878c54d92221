// Ids of the benchmark by ours: filled by prepare.mjs, read by normalize.mjs.
export const unit = new Map()
export const power = new Map()
export const risk = new Map()
export const control = new Map()
