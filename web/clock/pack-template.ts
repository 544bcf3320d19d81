/** Where somebody's own rule pack begins: one rule, each part with a word on what it is. */
export const packTemplate = `key: our-limits
title: { zh: 本单位时限, en: Our limits }
description:
  zh: 说明这些时限由谁规定、适用于哪里。
  en: Say who set these limits and where they hold.

rules:
  - key: callback-same-day
    title: { zh: 回访, en: Callback }
    # 业务流程；不写则适用于所有含此环节的流程 / flows; left out: every flow that has the slot
    flows: [fault-repair]
    slot: callback
    # law 法规, promise 承诺, internal 内部
    authority: internal
    amount: 8
    # minute, hour, calendarDay, workingMinute, workingDay
    unit: hour
    source:
      document: { zh: 本单位规定, en: A rule of our own }
      verified: true
`;
