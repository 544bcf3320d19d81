import { defineErrors } from "./entry.ts";

export const identityErrors = defineErrors({
  "identity.sign-in-failed": {
    status: 401,
    title: { zh: "账号或密码不正确", en: "The account or the password is wrong" },
    action: {
      zh: "请核对后重试；连续失败将暂时锁定。",
      en: "Check both and try again; repeated failures lock the account for a while.",
    },
  },
  "identity.locked": {
    status: 429,
    title: { zh: "失败次数过多，已暂时锁定", en: "Locked for a while after too many failures" },
    action: {
      zh: "请在 {retryAfterSeconds} 秒后重试，或请安全管理员解锁。",
      en: "Try again in {retryAfterSeconds} seconds, or ask the security administrator to unlock.",
    },
  },
  "identity.one-time-password-expired": {
    status: 401,
    title: { zh: "一次性密码已过期", en: "The one-time password has expired" },
    action: { zh: "请安全管理员重新发放。", en: "Ask the security administrator for a new one." },
  },
  "identity.session-ended": {
    status: 401,
    title: { zh: "会话已结束", en: "The session has ended" },
    action: {
      zh: "会话超时或已被注销。请重新登录；本次内容未被保存。",
      en: "It timed out or was revoked. Sign in again; nothing was saved.",
    },
  },
  "identity.password-change-required": {
    status: 403,
    title: { zh: "须先修改密码", en: "The password has to be changed first" },
    action: { zh: "请设置自己的密码后继续；未作任何更改。", en: "Choose your own password, then continue; nothing was changed." },
  },
  "identity.password-wrong": {
    status: 422,
    title: { zh: "当前密码不正确", en: "The current password is wrong" },
    action: { zh: "密码未更改，请核对后重试。", en: "The password was not changed; check it and try again." },
  },
  "identity.password-too-short": {
    status: 422,
    title: { zh: "密码过短", en: "The password is too short" },
    action: { zh: "密码未更改。至少 {minimum} 个字符。", en: "The password was not changed. Use at least {minimum} characters." },
  },
  "identity.password-too-long": {
    status: 422,
    title: { zh: "密码过长", en: "The password is too long" },
    action: { zh: "密码未更改。最多 {maximum} 个字符。", en: "The password was not changed. Use at most {maximum} characters." },
  },
  "identity.password-too-plain": {
    status: 422,
    title: { zh: "密码过于简单", en: "The password is too plain" },
    action: {
      zh: "密码未更改。请包含大写、小写、数字、符号中的三类，或使用 16 个字符以上的句子。",
      en: "The password was not changed. Use three of upper case, lower case, digits and symbols, or a phrase of 16 characters and more.",
    },
  },
  "identity.password-common": {
    status: 422,
    title: { zh: "密码过于常见或含有账号", en: "The password is common or contains the account" },
    action: { zh: "密码未更改。请换一个不易猜到的密码。", en: "The password was not changed. Choose one that is hard to guess." },
  },
  "identity.password-reused": {
    status: 422,
    title: { zh: "新密码与近期使用过的密码相同", en: "The new password was used recently" },
    action: { zh: "密码未更改。请换一个未用过的密码。", en: "The password was not changed. Choose one you have not used." },
  },
  "identity.outside-scope": {
    status: 403,
    title: { zh: "超出您的管理范围", en: "Outside the units you are responsible for" },
    action: {
      zh: "未作任何更改。请由上级单位的管理员办理。",
      en: "Nothing was changed. An administrator of a unit above has to do it.",
    },
  },
  "identity.version-conflict": {
    status: 409,
    title: { zh: "内容已被他人修改", en: "Somebody else changed it meanwhile" },
    action: {
      zh: "您的修改未保存。请刷新后在最新内容上重做。",
      en: "Your change was not saved. Reload and make it again on what is there now.",
    },
  },
  "identity.unit-unknown": {
    status: 422,
    title: { zh: "单位不存在或已停用", en: "The unit does not exist or is inactive" },
    action: { zh: "未作任何更改。请核对单位 {unit}。", en: "Nothing was changed. Check unit {unit}." },
  },
  "identity.unit-code-taken": {
    status: 409,
    title: { zh: "单位编码已被使用", en: "The unit code is taken" },
    action: { zh: "未作任何更改。编码 {code} 属于另一单位。", en: "Nothing was changed. Code {code} belongs to another unit." },
  },
  "identity.unit-kind-order": {
    status: 422,
    title: { zh: "上下级单位类型不相容", en: "These kinds of unit do not fit below one another" },
    action: {
      zh: "未作任何更改。{kind} 不能设在 {parentKind} 之下。",
      en: "Nothing was changed. {kind} cannot stand below {parentKind}.",
    },
  },
  "identity.unit-cycle": {
    status: 422,
    title: { zh: "单位不能移到自己之下", en: "A unit cannot be moved below itself" },
    action: { zh: "未作任何更改。请选择其他上级单位。", en: "Nothing was changed. Choose another parent." },
  },
  "identity.unit-too-deep": {
    status: 422,
    title: { zh: "组织层级过深", en: "The organisation would be too deep" },
    action: { zh: "未作任何更改。最多 {maximum} 级。", en: "Nothing was changed. There are at most {maximum} levels." },
  },
  "identity.unit-region-fixed": {
    status: 422,
    title: { zh: "单位所属地市不能改变", en: "A unit's region cannot change" },
    action: {
      zh: "未作任何更改。工单编号含地市号，单位及下级须留在地市 {region} 内。",
      en: "Nothing was changed. Order numbers carry the region: the unit and those below must stay in region {region}.",
    },
  },
  "identity.unit-region-taken": {
    status: 409,
    title: { zh: "地市号不可用", en: "The region number cannot be used" },
    action: {
      zh: "未作任何更改。地市号 {region} 已被占用或不在 100–921 之内。",
      en: "Nothing was changed. Region {region} is taken or outside 100–921.",
    },
  },
  "identity.unit-root-fixed": {
    status: 422,
    title: { zh: "根单位不能移动或停用", en: "The root can be neither moved nor deactivated" },
    action: { zh: "未作任何更改。", en: "Nothing was changed." },
  },
  "identity.unit-in-use": {
    status: 422,
    title: { zh: "单位仍有启用的下级或人员", en: "The unit still has active units or staff" },
    action: {
      zh: "未作任何更改。请先停用或移走下级单位 {units} 个、人员 {staff} 名。",
      en: "Nothing was changed. First deactivate or move {units} units and {staff} people.",
    },
  },
  "identity.zone-unknown": {
    status: 422,
    title: { zh: "时区不存在", en: "The time zone does not exist" },
    action: {
      zh: "未作任何更改。请使用 IANA 时区名，如 Asia/Shanghai。",
      en: "Nothing was changed. Use an IANA name such as Asia/Shanghai.",
    },
  },
  "identity.organisation-set-up": {
    status: 409,
    title: { zh: "组织机构已初始化", en: "The organisation is already set up" },
    action: { zh: "未作任何更改。请在组织机构页面维护。", en: "Nothing was changed. Edit it on the organisation page." },
  },
  "identity.account-taken": {
    status: 409,
    title: { zh: "账号已被使用", en: "The account is taken" },
    action: {
      zh: "未作任何更改。请换一个账号，{account} 已属于他人。",
      en: "Nothing was changed. Choose another; {account} belongs to somebody.",
    },
  },
  "identity.roles-must-be-separate": {
    status: 422,
    title: { zh: "角色须分设", en: "These roles must be held by different people" },
    action: {
      zh: "未作任何更改。系统、安全、审计管理员须三员分立，且不兼业务角色（{held} / {added}）。",
      en: "Nothing was changed. System, security and audit administrators are separate and hold no business role ({held} / {added}).",
    },
  },
  "identity.not-to-oneself": {
    status: 422,
    title: { zh: "不能为自己办理", en: "Nobody does this for himself" },
    action: { zh: "未作任何更改。请由另一位管理员办理。", en: "Nothing was changed. Another administrator has to do it." },
  },
  "identity.last-administrator": {
    status: 422,
    title: { zh: "这是最后一位此类管理员", en: "This is the last administrator of the kind" },
    action: {
      zh: "未作任何更改。请先为根单位另设一位 {role}。",
      en: "Nothing was changed. First appoint another {role} at the root.",
    },
  },
  "identity.grant-exists": {
    status: 409,
    title: { zh: "已有相同授权", en: "This role is already held there" },
    action: { zh: "原授权保持不变。", en: "The existing grant stays as it is." },
  },
  "identity.grant-period": {
    status: 422,
    title: { zh: "授权期限无效", en: "The period of the grant is not valid" },
    action: {
      zh: "未作任何更改。终止时间须晚于起始时间和当前时间。",
      en: "Nothing was changed. It has to end after it begins, and later than now.",
    },
  },
  "identity.staff-inactive": {
    status: 422,
    title: { zh: "人员已停用", en: "The person's account is inactive" },
    action: { zh: "未作任何更改。请先启用该人员。", en: "Nothing was changed. Reactivate the person first." },
  },
  "identity.role-not-for-keys": {
    status: 422,
    title: { zh: "接口密钥不能持有管理员角色", en: "An API key cannot hold an administrator's role" },
    action: { zh: "未作任何更改。请只选择业务角色。", en: "Nothing was changed. Choose business roles only." },
  },
  "identity.api-key-invalid": {
    status: 401,
    title: { zh: "接口密钥无效", en: "The API key is not valid" },
    action: { zh: "密钥不存在、已过期或已被注销。未作任何更改。", en: "It is unknown, expired or revoked. Nothing was changed." },
  },
  "identity.import-has-problems": {
    status: 422,
    title: { zh: "文件中有问题，未导入任何内容", en: "The file has problems; nothing was imported" },
    action: { zh: "请按所列 {count} 处逐行更正后重新导入。", en: "Correct the {count} places listed by line and import again." },
  },
  "identity.reason-required": {
    status: 422,
    title: { zh: "须填写理由", en: "A reason is required" },
    action: {
      zh: "未显示完整信息。请说明查看理由（至少 {minimum} 个字）。",
      en: "Nothing was shown. Say why it is needed (at least {minimum} characters).",
    },
  },
});
