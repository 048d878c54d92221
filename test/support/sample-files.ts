import { deflateSync, crc32 } from 'node:zlib'
import { zip, type ZipPart } from './zip'

/** Small files of the types that evidence may have, made here so that no binary lies in the repository. */

const ooxml = (main: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/main.xml" ContentType="${main}"/></Types>`
export const OOXML = 'application/vnd.openxmlformats-officedocument.'

export const office = (main: string, parts: readonly ZipPart[] = []): Buffer => zip([{ name: '[Content_Types].xml', data: ooxml(main) }, { name: 'main.xml', data: '<w/>'.repeat(50) }, ...parts])
export const docx = (parts: readonly ZipPart[] = []): Buffer => office(`${OOXML}wordprocessingml.document.main+xml`, parts)
export const xlsx = (): Buffer => office(`${OOXML}spreadsheetml.sheet.main+xml`)
export const pptx = (): Buffer => office(`${OOXML}presentationml.presentation.main+xml`)
export const odt = (parts: readonly ZipPart[] = []): Buffer =>
  zip([{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true }, { name: 'content.xml', data: '<office/>' }, ...parts])
export const ofd = (): Buffer => zip([{ name: 'OFD.xml', data: '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>' }, { name: 'Doc_0/Document.xml', data: '<ofd:Document/>' }])

/** `size`: bytes of the whole file. */
export function pdf(size = 300): Buffer {
  const head = '%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n'
  const tail = '\ntrailer<</Root 1 0 R>>\n%%EOF\n'
  return Buffer.from(head + '%'.repeat(Math.max(0, size - head.length - tail.length)) + tail)
}

export function png(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(body), 4)
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
  }
  const header = Buffer.from('00000001000000010802000000', 'hex')
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.alloc(4))), chunk('IEND', Buffer.alloc(0))])
}

export const jpeg = (): Buffer => Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')
