import { z } from 'zod'
import { catalogFile } from '../sdk/catalog-shape'
import { manifestShape } from '../sdk/manifest'

/** schema/catalog.schema.json: what a file of a catalog folder and a plugin.yaml may hold, for editors and tools. Generated from the shapes that are enforced. */
export function catalogSchema(): object {
  const plain = (shape: z.ZodType): object => z.toJSONSchema(shape, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' })
  const { $schema: draft, ...file } = plain(catalogFile) as { $schema: string }
  const { $schema: _, ...manifest } = plain(manifestShape) as { $schema: string }
  return {
    $schema: draft, $id: 'https://plumbline.invalid/catalog.schema.json', title: 'Plumbline catalog', description: 'One YAML file of a plugin’s catalog folder. `$defs.manifest` describes plugin.yaml.',
    ...file, $defs: { ...(file as { $defs?: object }).$defs, manifest },
  }
}
