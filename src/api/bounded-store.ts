import { LRUCache } from 'lru-cache'

/** Apollo's cache interface over a bounded LRU: documents that are all different must not fill memory. `weigh` tells an entry's share. */
export class BoundedStore<V extends object | string> {
  private readonly entries: LRUCache<string, V>

  constructor(max: number, maxSize: number, weigh: (value: V) => number) {
    this.entries = new LRUCache({ max, maxSize, sizeCalculation: value => Math.max(1, weigh(value)) })
  }

  async get(key: string): Promise<V | undefined> {
    return this.entries.get(key)
  }

  async set(key: string, value: V): Promise<void> {
    this.entries.set(key, value)
  }

  async delete(key: string): Promise<boolean> {
    return this.entries.delete(key)
  }

  get size(): number {
    return this.entries.size
  }
}
