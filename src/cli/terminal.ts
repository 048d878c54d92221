import Table from 'cli-table3'
import type { Progress } from '../foundation'

const interactive = process.stderr.isTTY

/** One line a step: what, how long, and what came of it. On a terminal the line is there while the step runs. */
export const terminalProgress: Progress = {
  async step(what, work) {
    const began = performance.now()
    let detail = ''
    const show = (): void => { if (interactive) process.stderr.write(`\r\x1b[K  … ${what.padEnd(12)} ${detail}`) }
    show()
    const result = await work(text => { detail = text; show() })
    const seconds = ((performance.now() - began) / 1_000).toFixed(1)
    process.stderr.write(`${interactive ? '\r\x1b[K' : ''}  ✓ ${what.padEnd(12)} ${seconds.padStart(5)} s  ${detail}\n`)
    return result
  },
}

/** Columns under their headings, without lines; the last one is wrapped where it would be very long. */
export function table(head: string[], rows: (string | number | null)[][]): string {
  const last = Math.max(0, ...rows.map(r => String(r.at(-1) ?? '').length))
  const drawn = new Table({
    head, chars: BARE, style: { head: [], border: [], 'padding-left': 2, 'padding-right': 0 }, wordWrap: true,
    colWidths: head.map((_, i) => (i === head.length - 1 && last > WIDEST ? WIDEST + 2 : null)),
  })
  drawn.push(...rows.map(r => r.map(cell => String(cell ?? ''))))
  return drawn.toString().replace(/ +$/gm, '')
}

const WIDEST = 90
const BARE = Object.fromEntries(['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'].map(part => [part, '']))
