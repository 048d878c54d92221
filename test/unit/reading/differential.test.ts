import { differential } from '../../support/differential'

differential([1, 2, 3], 200)
