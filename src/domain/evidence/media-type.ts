import { badInput } from '../../core/errors'
import type { EvidenceLimits } from './evidence.limits'
import type { ReadableBytes } from './evidence-store'
import { officeTypeOf } from './office-archive'

/**
 * The types that evidence may have, with the endings of their file names. What has scripts or macros in it, and what nobody can look
 * into, is not among them. OFD is the national format of electronic official documents (GB/T 33190).
 */
export const MEDIA_TYPES: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/ofd': ['ofd'],
}

/** The usual ending of a file of this type. */
export const endingOf = (mediaType: string): string => MEDIA_TYPES[mediaType]![0]!

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const JPEG = Buffer.from('ffd8ff', 'hex')
const ZIP = Buffer.from('504b0304', 'hex')
const PDF = /^%PDF-[12]\.\d/
const PDF_END = '%%EOF'

/** The type of a file told from its bytes; what its sender calls it plays no part. Throws for everything that is not allowed. */
export async function mediaTypeOf(bytes: ReadableBytes, limits: EvidenceLimits): Promise<string> {
  const head = await bytes.read(0, Math.min(16, bytes.size))
  if (head.subarray(0, 8).equals(PNG)) return 'image/png'
  if (head.subarray(0, 3).equals(JPEG)) return 'image/jpeg'
  if (PDF.test(head.toString('latin1')) && await endsAsPdf(bytes)) return 'application/pdf'
  const office = head.subarray(0, 4).equals(ZIP) ? await officeTypeOf(bytes, limits) : null
  if (office !== null && Object.hasOwn(MEDIA_TYPES, office)) return office
  throw notAllowed()
}

async function endsAsPdf(bytes: ReadableBytes): Promise<boolean> {
  const length = Math.min(1024, bytes.size)
  return (await bytes.read(bytes.size - length, length)).includes(PDF_END)
}

const endings = [...new Set(Object.values(MEDIA_TYPES).flat())].join(', ')
const notAllowed = () => badInput('file', 'mediaType', `The content of the file is none of the allowed types (${endings}), or it holds macros.`)

/** A file name must not promise another type than the file has: people and their programs go by it. */
export function checkEnding(fileName: string, mediaType: string): void {
  const ending = /\.([^.]*)$/.exec(fileName)?.[1]?.toLowerCase()
  if (ending === undefined || !MEDIA_TYPES[mediaType]?.includes(ending)) {
    throw badInput('file', 'fileName', `The content of the file is ${mediaType}; its name must end in ${MEDIA_TYPES[mediaType]?.map(e => `.${e}`).join(' or ')}.`)
  }
}
