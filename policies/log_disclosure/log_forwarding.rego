# METADATA
# title: Logs of hosts are sent to another system over TLS
# custom:
#   id: TOM-LDS-001
#   measure: log-disclosure
#   kind: log_forwarding
#   over: population
#   when_none: unknown
#   severity: medium
#   remedy: Forward the logs with rsyslog and StreamDriver gtls, or with an agent of the receiving system.
#   source: https://www.rsyslog.com/doc/configuration/modules/omfwd.html
package tom.log_disclosure.log_forwarding

import data.tom.lib.value

applies if value.wants(input.want.method, "siem-export")

applies if value.wants(input.want.siem_export, "available")

pass if {
	some one in input.facts
	value.is_true(one.settings.encrypted)
}

fail contains {"code": "unencrypted_sending", "setting": "encrypted", "facts": [one.id | some one in input.facts]} if {
	input.complete
	every one in input.facts {
		value.is_false(one.settings.encrypted)
	}
}
