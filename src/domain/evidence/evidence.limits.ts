/** What an upload may be. The defaults suit scanned documents; a deployment sets its own. */
export interface EvidenceLimits {
  /** Bytes of one file. The API tells sizes as Int, so it cannot be set above `LARGEST_FILE`. */
  readonly maxBytes: number
  /** Office documents are archives: parts inside, bytes of all parts unpacked, and unpacked bytes to packed ones. */
  readonly maxParts: number
  readonly maxUnpackedBytes: number
  readonly maxUnpackedRatio: number
  /** Uploads at the same time in one process; unpacking costs processor time. */
  readonly maxConcurrent: number
}

const MIB = 1024 * 1024
export const LARGEST_FILE = 2 ** 31 - 1

export const EVIDENCE_LIMITS: EvidenceLimits = Object.freeze({
  maxBytes: 20 * MIB, maxParts: 10_000, maxUnpackedBytes: 512 * MIB, maxUnpackedRatio: 100, maxConcurrent: 8,
})

/** The defaults with a deployment's own values; a value that cannot be kept stops the start. */
export function evidenceLimits(own: Partial<EvidenceLimits> = {}): EvidenceLimits {
  const limits = { ...EVIDENCE_LIMITS, ...own }
  for (const [name, value] of Object.entries(limits)) if (!Number.isSafeInteger(value) || value < 1) throw new Error(`evidence limit ${name} must be a positive whole number`)
  if (limits.maxBytes > LARGEST_FILE) throw new Error(`evidence limit maxBytes must not exceed ${LARGEST_FILE}`)
  return Object.freeze(limits)
}
