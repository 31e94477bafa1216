package tom.lib.tls_test

import data.tom.lib.tls

old := ["SSLv2", "SSLv3", "TLS1.0", "TLS1.1"]

lowest(rank) := {"state": "known", "value": rank}

test_refuses_what_lies_below_the_lowest_version if {
	tls.refuses(lowest(12), old)
	not tls.accepts(lowest(12), old)
	tls.refuses(lowest(10), ["SSLv3"])
	tls.refuses(lowest(0), [])
}

test_accepts_from_the_lowest_version_upwards if {
	tls.accepts(lowest(11), old)
	not tls.refuses(lowest(11), old)
	tls.accepts(lowest(10), ["TLS1.1"])
	tls.accepts(lowest(12), ["TLS 1.2"])
}

test_names_as_people_write_them if {
	every name in ["TLS1.1", "TLSv1.1", "tls 1.1", "TLS-1.1", "TLSv1_1"] {
		tls.accepts(lowest(11), [name])
		tls.refuses(lowest(12), [name])
	}
}

test_nothing_holds_of_a_name_that_is_no_version if {
	not tls.accepts(lowest(12), ["RC4"])
	not tls.refuses(lowest(12), ["RC4"])
}

test_nothing_holds_of_the_undecided if {
	not tls.accepts({"state": "unresolved"}, old)
	not tls.refuses({"state": "unresolved"}, old)
	not tls.accepts(lowest(12), null)
	not tls.refuses(lowest(12), null)
}
