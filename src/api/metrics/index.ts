export { Metrics, MAX_NAMES, type Measured } from './metrics'
export { listenForMetrics, metricsRoute } from './metrics-route'
