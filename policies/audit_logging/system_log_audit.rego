# METADATA
# title: The kernel of hosts records what is done on them
# custom:
#   id: TOM-AUD-009
#   measure: audit-logging
#   kind: system_log
#   severity: medium
#   remedy: Install and enable auditd, and put rules into /etc/audit/rules.d.
#   source: https://man7.org/linux/man-pages/man8/auditd.8.html
package tom.audit_logging.system_log_audit

import data.tom.lib.value

pass if value.is_true(input.settings.auditing)

fail contains {"code": "switched_off", "setting": "auditing"} if {
	value.is_false(input.settings.auditing)
}
