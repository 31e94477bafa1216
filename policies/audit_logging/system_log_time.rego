# METADATA
# title: Clocks of hosts are synchronised
# custom:
#   id: TOM-AUD-008
#   measure: audit-logging
#   kind: system_log
#   severity: medium
#   remedy: Enable chrony or systemd-timesyncd with at least one source.
#   source: https://chrony-project.org/doc/4.3/chrony.conf.html
package tom.audit_logging.system_log_time

import data.tom.lib.value

pass if value.is_true(input.settings.time_synchronised)

fail contains {"code": "switched_off", "setting": "time_synchronised"} if {
	value.is_false(input.settings.time_synchronised)
}
