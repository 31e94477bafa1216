package tom.lib.ports_test

import data.tom.lib.ports

open(protocol, from, to) := {"family": "ipv4", "protocol": protocol, "from": from, "to": to, "source": "0.0.0.0/0"}

web := {80, 443}

test_promised if {
	ports.promised([80, 443], "allow-list") == web
	ports.promised([80, 443], "any") == {22, 80, 443, 3389}
	ports.promised([], "vpn") == set()
}

test_within_the_promised_ports if {
	every e in [open("tcp", 443, 443), open("tcp", 80, 80), open("icmp", 0, 65535), open("icmpv6", 0, 65535)] {
		ports.within(e, web)
		not ports.beyond(e, web)
	}
	ports.within(open("tcp", 80, 82), {80, 81, 82})
}

test_beyond_the_promised_ports if {
	every e in [open("tcp", 80, 443), open("udp", 443, 443), open("all", 0, 65535), open("47", 0, 65535)] {
		ports.beyond(e, web)
		not ports.within(e, web)
	}
	ports.beyond(open("tcp", 443, 443), set())
}

test_opens_administration if {
	every e in [open("tcp", 22, 22), open("tcp", 0, 65535), open("tcp", 3000, 4000), open("all", 0, 65535)] {
		ports.opens(e, ports.administration)
		not ports.spares(e, ports.administration)
	}
}

test_spares_administration if {
	every e in [open("tcp", 443, 443), open("udp", 22, 22), open("tcp", 23, 3388), open("icmp", 0, 65535)] {
		ports.spares(e, ports.administration)
		not ports.opens(e, ports.administration)
	}
}

test_unlimited if {
	every e in [open("all", 0, 65535), open("tcp", 0, 65535), open("udp", 1, 65535)] {
		ports.unlimited(e)
		not ports.limited(e)
	}
	every e in [open("tcp", 443, 443), open("tcp", 1024, 65535), open("icmp", 0, 65535), open("50", 0, 65535)] {
		ports.limited(e)
		not ports.unlimited(e)
	}
}
