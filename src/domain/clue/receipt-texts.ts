import type { Locale } from '../../core/request'
import type { ReceiptStage } from './clue.words'

export const RECEIPT_TEXTS: Readonly<Record<ReceiptStage, Readonly<Record<Locale, string>>>> = {
  RECEIVED: { 'zh-CN': '您反映的问题已收到，正在登记。', en: 'Your matter was received and is being registered.' },
  BEING_HANDLED: { 'zh-CN': '您反映的问题正在办理。', en: 'Your matter is being handled.' },
  ANSWER_DUE: { 'zh-CN': '您反映的问题已有处理意见，将向您反馈。', en: 'It was decided what follows from your matter; you will be told.' },
  ANSWERED: { 'zh-CN': '您反映的问题已向您反馈。', en: 'You were told what came of your matter.' },
  NOT_ACCEPTED: { 'zh-CN': '您反映的问题不属于受理范围。', en: 'Your matter was not accepted.' },
  CLOSED: { 'zh-CN': '您反映的问题已办结；如有新情况，仍可凭此码补充。', en: 'Your matter is closed; you can still add what is new with this code.' },
}
