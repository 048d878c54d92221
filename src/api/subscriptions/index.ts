export { Subscriptions, TOO_SLOW } from './subscriptions'
export { subscriptionsModule } from './subscriptions.module'
