import { startEmbedded } from '../../src/database/embedded'

/** A process of its own that uses a data directory: prints what became of it and stops on a line of input. */
async function main(directory: string): Promise<void> {
  const say = (message: object): void => void process.stdout.write(JSON.stringify(message) + '\n')
  try {
    const server = await startEmbedded({ directory, settings: { shared_buffers: '16MB' } })
    say({ url: server.url, pid: server.pid })
    process.stdin.once('data', () => { void server.stop().then(() => process.exit(0)) })
  } catch (error) {
    say({ error: (error as Error).message })
    process.exit(1)
  }
}

void main(process.argv[2]!)
