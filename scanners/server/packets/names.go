package packets

import "strings"

// protocolNumber is the number of a protocol, 0 of one that is not known. https://www.iana.org/assignments/protocol-numbers
func protocolNumber(name string) int {
	return map[string]int{
		"icmp": icmp, "igmp": 2, "ipencap": 4, "ipip": 4, "tcp": tcp, "udp": udp, "dccp": dccp, "ipv6": 41, "ipv6-route": 43, "ipv6-frag": 44, "gre": 47,
		"esp": 50, "ah": 51, "icmpv6": icmpv6, "ipv6-icmp": icmpv6, "ipv6-nonxt": 59, "ipv6-opts": 60, "ospf": 89, "pim": 103, "comp": 108, "ipcomp": 108,
		"vrrp": 112, "l2tp": 115, "sctp": sctp, "udplite": udplite,
	}[strings.ToLower(name)]
}

// icmpNumber is the type of ICMP that a name stands for.
// https://www.iana.org/assignments/icmp-parameters and https://www.iana.org/assignments/icmpv6-parameters
func icmpNumber(name string, f Family) (uint64, bool) {
	if f == IPv4 {
		n, ok := map[string]uint64{
			"echo-reply": 0, "pong": 0, "destination-unreachable": 3, "source-quench": 4, "redirect": 5, "echo-request": 8, "ping": 8, "router-advertisement": 9,
			"router-solicitation": 10, "time-exceeded": 11, "ttl-exceeded": 11, "parameter-problem": 12, "timestamp-request": 13, "timestamp-reply": 14,
			"info-request": 15, "info-reply": 16, "address-mask-request": 17, "address-mask-reply": 18,
		}[name]
		return n, ok
	}
	n, ok := map[string]uint64{
		"destination-unreachable": 1, "packet-too-big": 2, "time-exceeded": 3, "ttl-exceeded": 3, "parameter-problem": 4, "echo-request": 128, "echo-reply": 129,
		"mld-listener-query": 130, "mld-listener-report": 131, "mld-listener-done": 132, "mld-listener-reduction": 132, "nd-router-solicit": 133,
		"router-solicitation": 133, "nd-router-advert": 134, "router-advertisement": 134, "nd-neighbor-solicit": 135, "neighbor-solicitation": 135,
		"neighbour-solicitation": 135, "nd-neighbor-advert": 136, "neighbor-advertisement": 136, "neighbour-advertisement": 136, "nd-redirect": 137,
		"redirect": 137, "router-renumbering": 138, "ind-neighbor-solicit": 141, "ind-neighbor-advert": 142, "mld2-listener-report": 143,
	}[name]
	return n, ok
}

// servicePort is the port that a name of /etc/services stands for on every system. Other names are not known.
// https://www.iana.org/assignments/service-names-port-numbers
func servicePort(name string) (uint64, bool) {
	n, ok := map[string]uint64{
		"ftp-data": 20, "ftp": 21, "ssh": 22, "telnet": 23, "smtp": 25, "time": 37, "domain": 53, "bootps": 67, "bootpc": 68, "tftp": 69, "http": 80, "www": 80,
		"kerberos": 88, "pop3": 110, "sunrpc": 111, "portmapper": 111, "auth": 113, "ntp": 123, "netbios-ns": 137, "netbios-dgm": 138, "netbios-ssn": 139,
		"imap2": 143, "imap": 143, "snmp": 161, "snmp-trap": 162, "snmptrap": 162, "bgp": 179, "ldap": 389, "https": 443, "microsoft-ds": 445, "submissions": 465,
		"urd": 465, "smtps": 465, "ssmtp": 465, "isakmp": 500, "syslog": 514, "printer": 515, "dhcpv6-client": 546, "dhcpv6-server": 547, "rtsp": 554, "submission": 587, "ipp": 631,
		"ldaps": 636, "domain-s": 853, "rsync": 873, "ftps-data": 989, "ftps": 990, "imaps": 993, "pop3s": 995, "socks": 1080, "openvpn": 1194, "ms-sql-s": 1433,
		"nfs": 2049, "mysql": 3306, "ms-wbt-server": 3389, "ipsec-nat-t": 4500, "sip": 5060, "sip-tls": 5061, "xmpp-client": 5222, "xmpp-server": 5269, "mdns": 5353,
		"postgresql": 5432, "amqps": 5671, "amqp": 5672, "nrpe": 5666, "redis": 6379, "http-alt": 8080, "webcache": 8080, "bacula-dir": 9101, "bacula-fd": 9102,
		"bacula-sd": 9103, "git": 9418, "zabbix-agent": 10050, "zabbix-trapper": 10051, "webmin": 10000, "munin": 4949,
	}[name]
	return n, ok
}
