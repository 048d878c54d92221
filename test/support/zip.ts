import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipPart {
  name: string
  data: Buffer | string
  stored?: boolean
  /** Lies: what the archive states instead of the truth. */
  statedSize?: number
  /** The same in the long form, for sizes beyond 4 GB. */
  zip64Size?: number
  encrypted?: boolean
}

/** An archive, byte by byte, so that it can also be one that no honest program writes. */
export function zip(parts: readonly ZipPart[], o: { repeatDirectory?: number } = {}): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const part of parts) {
    const data = Buffer.from(part.data)
    const packed = part.stored ? data : deflateRawSync(data, { level: 9 })
    const name = Buffer.from(part.name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x800 | (part.encrypted ? 1 : 0), 2)
    common.writeUInt16LE(part.stored ? 0 : 8, 4)
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(part.zip64Size === undefined ? part.statedSize ?? data.length : 0xffffffff, 18)
    common.writeUInt16LE(name.length, 22)
    const extra = part.zip64Size === undefined ? Buffer.alloc(0) : longSize(part.zip64Size)
    common.writeUInt16LE(extra.length, 24)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, extra, packed])
    for (let i = 0; i < (o.repeatDirectory ?? 1); i++) {
      const named = i ? Buffer.from(part.name.slice(0, -6) + String(i).padStart(6, '0')) : name
      directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, named, extra]))
    }
    bodies.push(local)
    at += local.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(entries.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, entries, end])
}

/** Field 1 of what a part may say beside its fixed fields: its size in 64 bits. */
function longSize(size: number): Buffer {
  const field = Buffer.alloc(12)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(8, 2)
  field.writeBigUInt64LE(BigInt(size), 4)
  return field
}
