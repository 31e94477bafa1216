package packets

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Loader is a unit that loads rules when the host starts.
type Loader struct {
	Unit string
	Read func(capture.Files) (*Ruleset, error)
}

// Loaders lists the units that are known, sorted. https://manpages.debian.org/bookworm/nftables/nft.8.en.html,
// https://manpages.debian.org/bookworm/netfilter-persistent/netfilter-persistent.8.en.html
func Loaders() []Loader {
	return []Loader{
		{"apf.service", notRead("apf")},
		{"arno-iptables-firewall.service", notRead("arno-iptables-firewall")},
		{"csf.service", notRead("csf")},
		{"ferm.service", notRead("ferm")},
		{"firehol.service", notRead("firehol")},
		{"firewalld.service", notRead("firewalld")},
		{"foomuuri.service", notRead("foomuuri")},
		{"ip6tables.service", tablesFile("/etc/sysconfig/ip6tables", IPv6)},
		{"iptables.service", tablesFile("/etc/sysconfig/iptables", IPv4)},
		{"lfd.service", notRead("csf")},
		{"netfilter-persistent.service", readPersistent},
		{"nftables.service", readNFTables},
		{"pve-firewall.service", notRead("pve-firewall")},
		{"shorewall-lite.service", notRead("shorewall-lite")},
		{"shorewall.service", notRead("shorewall")},
		{"shorewall6-lite.service", notRead("shorewall6-lite")},
		{"shorewall6.service", notRead("shorewall6")},
		{"ufw.service", ReadUFW},
	}
}

// ErrNotRead says that the rules of a program are not read from its files.
var ErrNotRead = errors.New("the rules of this program are not read from its files")

func notRead(program string) func(capture.Files) (*Ruleset, error) {
	return func(capture.Files) (*Ruleset, error) { return nil, fmt.Errorf("%s: %w", program, ErrNotRead) }
}

// readNFTables reads the file that nftables.service loads: that of Debian, or that of Red Hat.
func readNFTables(files capture.Files) (*Ruleset, error) {
	rules, err := ReadNFTFile(files, "/etc/nftables.conf")
	if errors.Is(err, fs.ErrNotExist) {
		if _, other := files.Stat("/etc/sysconfig/nftables.conf"); other == nil {
			return ReadNFTFile(files, "/etc/sysconfig/nftables.conf")
		}
	}
	return rules, err
}

// tablesFile reads a file of iptables-restore.
func tablesFile(name string, f Family) func(capture.Files) (*Ruleset, error) {
	return func(files capture.Files) (*Ruleset, error) { return readTablesFile(files, name, f, nil) }
}

// readTablesFile reads a file of iptables-restore. One that is not there loads nothing.
func readTablesFile(files capture.Files, name string, f Family, sets IPSets) (*Ruleset, error) {
	text, err := files.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &Ruleset{}, nil
	}
	if err != nil {
		return nil, err
	}
	return ReadTables(text, f, name, sets)
}

// readPersistent reads the files of netfilter-persistent.
func readPersistent(files capture.Files) (*Ruleset, error) {
	var sets IPSets
	text, err := files.Read("/etc/iptables/ipsets")
	if err == nil {
		sets = ReadIPSets(text)
	}
	all := &Ruleset{}
	for _, f := range []Family{IPv4, IPv6} {
		name := map[Family]string{IPv4: "/etc/iptables/rules.v4", IPv6: "/etc/iptables/rules.v6"}[f]
		rules, err := readTablesFile(files, name, f, sets)
		if err != nil {
			return nil, err
		}
		all.add(rules)
	}
	return all, nil
}

// Together is the ruleset of several sources, which all apply.
func Together(parts ...*Ruleset) *Ruleset {
	all := &Ruleset{}
	for _, p := range parts {
		all.add(p)
	}
	return all
}
