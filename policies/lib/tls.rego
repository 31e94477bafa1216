# METADATA
# title: Whether what negotiates TLS accepts a protocol that is promised to be refused
# description: |
#   A setting of the lowest version is a rank: 10, 11, 12, 13 for TLS 1.0 to 1.3, 0 for no TLS. Every version from the
#   lowest upwards is accepted. Names of protocols are read as people write them: TLS1.0, TLSv1.1, TLS 1.2, SSLv3.
package tom.lib.tls

import data.tom.lib.value

ranks := {
	"SSL": 3,
	"SSL2": 2,
	"SSL20": 2,
	"SSL3": 3,
	"SSL30": 3,
	"TLS1": 10,
	"TLS10": 10,
	"TLS11": 11,
	"TLS12": 12,
	"TLS13": 13,
}

# refuses(v, names): the lowest version v lies above every protocol of the list names.
refuses(v, names) if {
	is_array(names)
	every name in names {
		value.above(v, _rank(name))
	}
}

# accepts(v, names): the lowest version v is a protocol of the list names, or lies below one.
accepts(v, names) if {
	is_array(names)
	some name in names
	value.at_most(v, _rank(name))
}

_rank(name) := ranks[replace(regex.replace(upper(name), `[^A-Z0-9]+`, ""), "V", "")]
