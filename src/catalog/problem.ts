/** One thing that is wrong in a catalog, with its place as an editor shows it. */
export interface CatalogProblem {
  /** FOLDER, YAML, SHAPE, RELEASE, VERSION, DUPLICATE, UNKNOWN, STEP, AUDIENCE, LEGAL_BASIS, FORMULA, VARIABLE, AGGREGATION, SANCTION, RETIRED. */
  code: string
  /** File inside the catalog folder. */
  file: string
  line?: number
  /** `powers.0.riskPoints.3.step` */
  path: string
  message: string
}
