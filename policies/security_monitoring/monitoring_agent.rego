# METADATA
# title: Something tells how each host is
# custom:
#   id: TOM-MON-003
#   measure: security-monitoring
#   kind: monitoring_agent
#   over: population
#   when_none: unknown
#   severity: low
#   remedy: Enable an agent on the host, such as nagios-nrpe-server, zabbix-agent or prometheus-node-exporter.
#   source: https://github.com/NagiosEnterprises/nrpe
package tom.security_monitoring.monitoring_agent

import data.tom.lib.value

applies if value.wanted(input.want.realtime)

pass if {
	some one in input.facts
	value.is_true(one.settings.active)
}

fail contains {"code": "switched_off", "setting": "active", "facts": [one.id | some one in input.facts]} if {
	input.complete
	every one in input.facts {
		value.is_false(one.settings.active)
	}
}
