import { differential } from '../../support/differential'

differential([1], 200)
