package sshd

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
)

// ErrVersion says that the version of the daemon is not known, and would decide.
var ErrVersion = fmt.Errorf("the version of the daemon is not known")

// defaults are the settings of a daemon without configuration. https://man.openbsd.org/sshd_config, and fill_default_server_options of
// servconf.c of each version
func (c *Config) defaults() map[string]Value {
	s := map[string]Value{}
	for _, group := range []struct{ value, names string }{
		{"yes", "allowagentforwarding allowstreamlocalforwarding allowtcpforwarding compression gssapicleanupcredentials gssapistrictacceptorcheck kbdinteractiveauthentication kerberosorlocalpasswd kerberosticketcleanup passwordauthentication permittty permituserrc printlastlog printmotd pubkeyauthentication strictmodes tcpkeepalive x11uselocalhost ignorerhosts"},
		{"no", "disableforwarding exposeauthinfo gatewayports gssapiauthentication gssapikeyexchange gssapistorecredentialsonrekey hostbasedauthentication hostbasedusesnamefrompacketonly ignoreuserknownhosts kerberosauthentication permitemptypasswords permittunnel permituserenvironment streamlocalbindunlink usedns usepam x11forwarding refuseconnection"},
		{"none", "authorizedkeyscommand authorizedkeyscommanduser authorizedprincipalscommand authorizedprincipalscommanduser authorizedprincipalsfile banner chrootdirectory forcecommand hostkeyagent persourcemaxstartups pubkeyauthoptions revokedkeys trustedusercakeys versionaddendum"},
		{"any", "addressfamily authenticationmethods permitlisten permitopen"},
		{"0", "clientaliveinterval rekeyinterval rekeylimit unusedconnectiontimeout"},
		{"10", "maxsessions x11displayoffset"}, {"120", "logingracetime"}, {"1024", "requiredrsasize"}, {"3", "clientalivecountmax"},
		{"6", "maxauthtries"}, {"22", "port"}, {"0177", "streamlocalbindmask"}, {"without-password", "permitrootlogin"},
		{"SHA256", "fingerprinthash"}, {"INFO", "loglevel"}, {"AUTH", "syslogfacility"}, {"internal", "securitykeyprovider"},
		{"/etc/ssh/moduli", "modulifile"}, {"/usr/bin/xauth", "xauthlocation"}, {"32:128", "persourcenetblocksize"}, {"sshd", "pamservicename"},
	} {
		for _, name := range strings.Fields(group.names) {
			s[name] = Value{Values: []string{group.value}}
		}
	}
	s["maxstartups"] = Value{Values: []string{"10", "30", "100"}}
	s["pidfile"] = Value{Values: []string{"/run/sshd.pid"}}
	s["authorizedkeysfile"] = Value{Values: []string{".ssh/authorized_keys", ".ssh/authorized_keys2"}}
	s["hostkey"] = Value{Values: []string{"/etc/ssh/ssh_host_rsa_key", "/etc/ssh/ssh_host_ecdsa_key", "/etc/ssh/ssh_host_ed25519_key"}}
	s["ipqos"] = Value{Values: []string{c.traffic()}}
	for name := range families() {
		s[name] = Value{}
	}
	if c.version.Debian { // gssapi.patch of Debian's package
		s["gssapikexalgorithms"] = Value{Values: []string{"gss-group14-sha256-,gss-group16-sha512-,gss-nistp256-sha256-,gss-curve25519-sha256-,gss-group14-sha1-,gss-gex-sha1-"}}
		s["debianbanner"] = Value{Values: []string{"yes"}}
	}
	return s
}

// traffic is the default of IPQoS; Debian keeps that of 7.7 (revert-ipqos-defaults.patch).
func (c *Config) traffic() string {
	switch v := c.version; {
	case !v.before(1001) && v.Known():
		return "ef cs0"
	case v.Debian || v.before(708):
		return "lowdelay throughput"
	}
	return "af21 cs1"
}

// families are the settings that are lists of algorithms.
func families() map[string]func() family {
	return map[string]func() family{"ciphers": ciphers, "macs": macs, "kexalgorithms": keyExchanges, "hostkeyalgorithms": keyTypes,
		"hostbasedacceptedalgorithms": keyTypes, "pubkeyacceptedalgorithms": keyTypes, "casignaturealgorithms": signatures}
}

// complete turns what was set into what sshd -T prints.
func (c *Config) complete(s Settings, start *state, overridden map[string]bool) error {
	for name, of := range families() {
		v, err := c.offered(name, s[name], of(), overridden[name])
		if err != nil {
			return err
		}
		s[name] = v
	}
	c.challenge(s, start, overridden["kbdinteractiveauthentication"])
	for _, name := range []string{"hostcertificate", "hostkey"} {
		v := s[name]
		v.Values = slices.DeleteFunc(slices.Clone(v.Values), isNone)
		s[name] = v
	}
	for _, name := range []string{"chrootdirectory", "forcecommand", "hostkeyagent", "pidfile", "xauthlocation", "securitykeyprovider"} {
		if v := s[name]; isNone(v.String()) {
			v.Values = []string{"none"}
			s[name] = v
		}
	}
	for _, name := range []string{"authorizedprincipalsfile", "banner", "revokedkeys", "trustedusercakeys"} {
		if v := s[name]; isNone(v.String()) && !overridden[name] {
			v.Values = []string{"none"}
			s[name] = v
		}
	}
	if v := s["channeltimeout"]; v.Open == nil && isNone(v.String()) && !overridden["channeltimeout"] {
		delete(s, "channeltimeout")
	}
	rekey := s["rekeylimit"]
	rekey.Values = []string{rekey.String(), s["rekeyinterval"].String()}
	rekey.Open = either(rekey.Open, s["rekeyinterval"].Open)
	s["rekeylimit"] = rekey
	delete(s, "rekeyinterval")
	if v := s["maxstartups"]; len(v.Values) == 3 {
		v.Values = []string{strings.Join(v.Values, ":")}
		s["maxstartups"] = v
	}
	if s["unusedconnectiontimeout"].String() == "0" {
		v := s["unusedconnectiontimeout"]
		v.Values = []string{"none"}
		s["unusedconnectiontimeout"] = v
	}
	return c.listen(s)
}

// offered is a list of algorithms as it is offered. The daemon applies a list of the start a second
// time for each connection, and then takes an empty one for the default.
func (c *Config) offered(name string, v Value, f family, overridden bool) (Value, error) {
	list := v.String()
	relative := list == "" || strings.ContainsAny(list[:1], "+-^") || strings.ContainsAny(list, "*?")
	if !c.version.Known() {
		if relative {
			v.Open = either(v.Open, &Open{File: v.File, Line: v.Line, What: name, Err: ErrVersion})
		}
		return v, nil
	}
	if name == "kexalgorithms" && c.version.hybrid() {
		f.defaults = []offer{{0, "sntrup761x25519-sha512," + strings.Join(f.standard(c.version), ",")}}
	}
	rounds := 2
	if overridden {
		rounds = 1
	}
	for range rounds {
		assembled, ok := f.assemble(list, c.version)
		if !ok {
			return v, fmt.Errorf("%s:%d: %w: %w: no algorithm is left", v.File, v.Line, ErrRefused, errValue)
		}
		list = assembled
	}
	v.Values = []string{list}
	return v, nil
}

// hybrid says whether this is Debian 12's 9.2, which has sntrup761x25519-sha512 since 1:9.2p1-2+deb12u4.
func (v Version) hybrid() bool {
	_, update, ok := strings.Cut(v.Package, "9.2p1-2+deb12u")
	if !ok {
		_, update, ok = strings.Cut(v.Package, "Debian-2+deb12u")
	}
	return v.number() == 902 && ok && (len(update) > 1 && update[1] >= '0' && update[1] <= '9' || update != "" && update[0] >= '4')
}

// challenge applies what ChallengeResponseAuthentication was before 8.7: a setting of its own, whose yes (the default) switches
// KbdInteractiveAuthentication on.
func (c *Config) challenge(s Settings, start *state, overridden bool) {
	own := s["challengeresponseauthentication"]
	delete(s, "challengeresponseauthentication")
	if !c.version.before(807) || overridden {
		return
	}
	switch v := s["kbdinteractiveauthentication"]; {
	case own.String() == "no" && v.File == "":
		own.Values = []string{"no"}
		s["kbdinteractiveauthentication"] = own
	case own.String() != "no":
		own.Values = []string{"yes"}
		own.Open = either(own.Open, start.hole)
		s["kbdinteractiveauthentication"] = own
	}
}

// listen joins addresses and ports.
func (c *Config) listen(s Settings) error {
	v, ports, kind := s["listenaddress"], s["port"], s["addressfamily"].String()
	v.Open = either(v.Open, ports.Open)
	asked := v.Values
	v.Values = nil
	if len(asked) == 0 {
		for _, any := range []string{"::", "0.0.0.0"} {
			if !(kind == "inet" && any == "::" || kind == "inet6" && any == "0.0.0.0") {
				asked = append(asked, any+" ")
			}
		}
	}
	for _, a := range asked {
		host, port, _ := strings.Cut(a, " ")
		address, err := netip.ParseAddr(host)
		if err == nil && (kind == "inet" && !address.Is4() || kind == "inet6" && !address.Is6()) {
			return fmt.Errorf("%s:%d: %w: %w: address of another family", v.File, v.Line, ErrRefused, errValue)
		}
		if err == nil && address.Is6() {
			host = "[" + host + "]"
		}
		each := []string{port}
		if port == "" {
			each = ports.Values
		}
		for _, p := range each {
			v.Values = append(v.Values, host+":"+p)
		}
	}
	s["listenaddress"] = v
	return nil
}

// Lines are the settings as sshd -T prints them, sorted.
func (s Settings) Lines() []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(s)) {
		v := s[name]
		switch name {
		case "acceptenv", "allowgroups", "allowusers", "denygroups", "denyusers", "hostcertificate", "hostkey", "listenaddress", "port", "setenv", "subsystem":
			for _, one := range v.Values {
				lines = append(lines, name+" "+one)
			}
		default:
			lines = append(lines, name+" "+v.String())
		}
	}
	slices.Sort(lines)
	return lines
}
