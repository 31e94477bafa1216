# METADATA
# title: System messages survive a restart
# custom:
#   id: TOM-AUD-007
#   measure: audit-logging
#   kind: system_log
#   severity: medium
#   remedy: Set Storage=persistent in journald.conf, or let rsyslog write to /var/log.
#   source: https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html
package tom.audit_logging.system_log_persistent

import data.tom.lib.value

pass if value.is_true(input.settings.persistent)

fail contains {"code": "switched_off", "setting": "persistent"} if {
	value.is_false(input.settings.persistent)
}
