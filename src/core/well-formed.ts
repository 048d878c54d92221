const LONE_SURROGATE = /\p{Surrogate}/u

/** PostgreSQL refuses NUL, and a lone surrogate would silently become U+FFFD: both are refused as input instead. */
export const isWellFormed = (text: string): boolean => !text.includes('\0') && !LONE_SURROGATE.test(text)
