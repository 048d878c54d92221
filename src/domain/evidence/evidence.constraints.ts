import { explainConstraints } from '../../database/constraints'

explainConstraints({
  evidence_version_key: { code: 'CONFLICT', rule: 'unique', path: 'title', message: 'Another version of this title was attached at the same moment.' },
  evidence_subject_stays: { code: 'PRECONDITION_FAILED', rule: 'noEvidence', path: 'id', message: 'Evidence is attached to it: it can no longer be taken away.' },
  evidence_source_check: { code: 'BAD_INPUT', rule: 'source', path: 'file', message: 'Evidence is either a file or a link.' },
})
