package apache_test

import (
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/apache"
)

var (
	oneHost  = regexp.MustCompile(`^(\S+:\S+)\s+(\S+) \(.*:(\d+)\)$`)
	anyHost  = regexp.MustCompile(`^(\S+:\S+)\s+is a NameVirtualHost$`)
	hostLine = regexp.MustCompile(`^\s+port \S+ namevhost (\S+) \(.*:(\d+)\)$`)
)

// dumpedHosts reads httpd's own table of virtual hosts: for each address the lines of its hosts, the default one first.
func dumpedHosts(t *testing.T, daemon, main string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), daemon, "-f", main, "-t", "-D", "DUMP_VHOSTS").Output()
	if err != nil {
		t.Fatal(stderr(err))
	}
	table := map[string][]string{}
	address := ""
	for line := range strings.SplitSeq(string(out), "\n") {
		if m := oneHost.FindStringSubmatch(line); m != nil {
			table[m[1]] = append(table[m[1]], m[3])
		} else if m := anyHost.FindStringSubmatch(line); m != nil {
			address = m[1]
		} else if m := hostLine.FindStringSubmatch(line); m != nil {
			table[address] = append(table[address], m[2])
		}
	}
	return flat(table)
}

func flat(table map[string][]string) []string {
	var all []string
	for address, lines := range table {
		all = append(all, address+" "+strings.Join(lines, " "))
	}
	slices.Sort(all)
	return all
}

// vhosts writes our table in the same way, for addresses that have hosts.
func vhosts(s *apache.Server) []string {
	table := map[string][]string{}
	for _, h := range s.Hosts {
		for _, a := range h.Addresses {
			name := "*"
			if a.IP.IsValid() {
				name = a.IP.String()
			}
			key := fmt.Sprintf("%s:%d", name, a.Port)
			if line := fmt.Sprint(h.At.Line); !slices.Contains(table[key], line) {
				table[key] = append(table[key], line)
			}
		}
	}
	return flat(table)
}
