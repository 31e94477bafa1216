package server

import (
	"errors"
	"fmt"
	"io/fs"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/sshd"
)

// weakAlgorithms are those of the start: nobody can be told from others before they are agreed on.
func (d *sshDaemon) weakAlgorithms() evidence.Value[[]string] {
	weak := []string{}
	var at []evidence.Position
	for _, name := range []string{"ciphers", "hostkeyalgorithms", "kexalgorithms", "macs"} {
		v := d.global[name]
		if v.Open != nil {
			return evidence.Unresolved[[]string](sshOpen(name, *v.Open))
		}
		for _, a := range strings.Split(v.String(), ",") {
			if weakSSH(a) {
				weak = append(weak, a)
			}
		}
		if v.File != "" && v.Line > 0 {
			at = append(at, d.line(v.File, v.Line, name+" "+v.String()))
		}
	}
	keys, where, unread := d.weakHostKeys()
	weak, at = append(weak, keys...), append(at, where...)
	slices.Sort(weak)
	weak = slices.Compact(weak)
	if len(at) == 0 {
		return evidence.Default(weak, sshManual).At(d.line(d.config.Files[0], 0, "")).Incomplete(unread...)
	}
	return evidence.Known(weak).At(at...).Incomplete(unread...)
}

// weakHostKeys are the host keys of RSA below 2048 bits that the daemon shows, and why some were not looked at. It leaves out keys that
// are not there, and those below RequiredRSASize. https://man.openbsd.org/sshd_config#RequiredRSASize
func (d *sshDaemon) weakHostKeys() (weak []string, at []evidence.Position, unread []evidence.Reason) {
	offers := d.global["hostkeyalgorithms"].String()
	if !strings.Contains(offers, "rsa-sha2-") && !strings.Contains(","+offers, ",ssh-rsa") {
		return nil, nil, nil
	}
	least, _ := strconv.Atoi(d.global["requiredrsasize"].String())
	for _, file := range d.global["hostkey"].Values {
		if _, err := d.Stat(file); errors.Is(err, fs.ErrNotExist) || strings.Contains(file, "_ed25519_") || strings.Contains(file, "_ecdsa_") {
			continue
		}
		text, err := d.Read(file + ".pub")
		kind, bits := capture.PublicKey(string(text))
		switch {
		case err != nil:
			unread = append(unread, why(file+".pub", err))
		case bits == 0:
			unread = append(unread, evidence.Because("host_not_understood", "what", file+".pub"))
		case kind == "ssh-rsa" && bits < 2048 && bits >= least:
			weak, at = append(weak, fmt.Sprintf("ssh-rsa %d", bits)), append(at, d.line(file+".pub", 1, ""))
		}
	}
	return weak, at, unread
}

// weakSSH says whether an algorithm is weak: CBC, arcfour, MD5, SHA-1, DSA. https://www.bsi.bund.de/dok/TR-02102-4
func weakSSH(name string) bool {
	switch {
	case strings.Contains(name, "-cbc"), strings.HasPrefix(name, "arcfour"), strings.HasPrefix(name, "hmac-md5"), strings.HasPrefix(name, "hmac-sha1"):
		return true
	case strings.HasPrefix(name, "diffie-hellman-") && strings.HasSuffix(name, "-sha1"), strings.HasPrefix(name, "ssh-dss"):
		return true
	}
	return name == "ssh-rsa" || name == "ssh-rsa-cert-v01@openssh.com"
}

func (d *sshDaemon) usersRestricted() evidence.Value[bool] {
	result := yes
	for _, v := range d.views {
		users, groups := v.set["allowusers"], v.set["allowgroups"]
		named := len(users.Values) > 0 && !slices.ContainsFunc(users.Values, everybody) || len(groups.Values) > 0 && !slices.ContainsFunc(groups.Values, everybody)
		switch {
		case users.Open != nil || groups.Open != nil:
			result = min(result, unsure)
		case !named && v.admitted != no:
			result = no
		}
	}
	if result == unsure {
		return evidence.Unresolved[bool](d.open("allowusers", "allowgroups"))
	}
	return evidence.Known(result == yes).At(d.decider("allowusers", func(sshView) bool { return true })...)
}

// everybody says whether an entry of AllowUsers or AllowGroups names all accounts: of wildcards alone.
// https://man.openbsd.org/ssh_config#PATTERNS
func everybody(entry string) bool {
	name, _, _ := strings.Cut(entry, "@")
	return strings.Trim(name, "*?") == ""
}

// sourcesRestricted is whether the daemon itself answers or lets in only some addresses. What the host's firewall does is asked where it
// does not.
func (d *sshDaemon) sourcesRestricted() evidence.Value[bool] {
	if d.socket.err != nil {
		return evidence.Unresolved[bool](why("ssh.socket", d.socket.err))
	}
	v := d.global["listenaddress"]
	if d.socket.active {
		v = sshd.Value{Values: d.socket.listens}
	}
	if v.Open == nil && len(v.Values) > 0 && !slices.ContainsFunc(v.Values, public) {
		return evidence.Known(true).At(d.decider("listenaddress", func(sshView) bool { return true })...)
	}
	result := no
	for _, v := range d.views {
		if a, err := netip.ParseAddr(v.Addr); err == nil && global(a) {
			result = max(result, v.admitted)
		}
	}
	if result == no {
		return evidence.Known(true).At(d.decider("allowusers", func(sshView) bool { return true })...)
	}
	return d.sourcesByFirewall()
}

// sourcesByFirewall says whether the host's packet filter lets only some addresses reach the daemon's ports.
func (d *sshDaemon) sourcesByFirewall() evidence.Value[bool] {
	filter := d.packetFilter()
	return evidence.Map(d.adminSources(filter), func(who string) bool { return who != "any" }).At(filter.at)
}

// public says whether an address of ListenAddress may be reached from the world.
func public(listen string) bool {
	address, err := netip.ParseAddrPort(listen)
	return err != nil || address.Addr().IsUnspecified() || global(address.Addr())
}

func global(a netip.Addr) bool {
	return !a.IsLoopback() && !a.IsPrivate() && !a.IsLinkLocalUnicast() && !a.IsMulticast()
}

func (d *sshDaemon) maxAuthTries() evidence.Value[int] {
	worst := 0
	for _, v := range d.views {
		s := v.set["maxauthtries"]
		if s.Open != nil {
			return evidence.Unresolved[int](d.open("maxauthtries"))
		}
		n, _ := strconv.Atoi(s.String())
		worst = max(worst, n)
	}
	text := strconv.Itoa(worst)
	at := d.decider("maxauthtries", func(v sshView) bool { return v.set["maxauthtries"].String() == text })
	if !slices.ContainsFunc(d.views, func(v sshView) bool { return v.set["maxauthtries"].File != "" }) {
		return evidence.Default(worst, sshManual).At(at...)
	}
	return evidence.Known(worst).At(at...)
}
