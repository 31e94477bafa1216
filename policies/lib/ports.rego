# METADATA
# title: What a set of open ports lets through
# description: |
#   An exposure is {"family", "protocol", "from", "to", "source"}. Promised ports are TCP ports. ICMP has no ports and
#   carries no service, so it opens none; every other protocol than TCP opens something that no list of TCP ports names.
package tom.lib.ports

import data.tom.lib.value

# The ports that people administer hosts by: SSH and RDP.
administration := {22, 3389}

# promised(public_ports, admin_sources): the ports that may be open to the world; those of administration are among
# them when administration is promised to come from anywhere.
promised(public_ports, admin_sources) := {port | some port in public_ports} if value.lacks(admin_sources, "any")

promised(public_ports, admin_sources) := {port | some port in public_ports} | administration if {
	value.wants(admin_sources, "any")
}

# within(exposure, ports): it opens nothing but TCP ports of the set ports.
within(exposure, _) if exposure.protocol in {"icmp", "icmpv6"}

within(exposure, ports) if {
	exposure.protocol == "tcp"
	open := {port | some port in ports; port >= exposure.from; port <= exposure.to}
	count(open) == (exposure.to - exposure.from) + 1
}

# beyond(exposure, ports): it opens something else.
beyond(exposure, ports) if {
	is_set(ports)
	not within(exposure, ports)
}

# opens(exposure, ports): it opens at least one TCP port of the set ports.
opens(exposure, _) if exposure.protocol == "all"

opens(exposure, ports) if {
	exposure.protocol == "tcp"
	some port in ports
	port >= exposure.from
	port <= exposure.to
}

# spares(exposure, ports): it opens none of them.
spares(exposure, ports) if {
	is_set(ports)
	not opens(exposure, ports)
}

# unlimited(exposure): it opens all ports of a protocol that has ports, or of all protocols.
unlimited(exposure) if exposure.protocol == "all"

unlimited(exposure) if {
	exposure.protocol in {"tcp", "udp"}
	exposure.from <= 1
	exposure.to >= 65535
}

# limited(exposure): it does not.
limited(exposure) if {
	is_string(exposure.protocol)
	not unlimited(exposure)
}
