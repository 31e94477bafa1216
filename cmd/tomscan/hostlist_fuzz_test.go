package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzHosts reads lists of hosts, inventories and configurations of the ssh client that nobody vouches for: what is taken as a host is no
// option of the client, and reads as the same again.
func FuzzHosts(f *testing.F) {
	f.Add("web1\nadmin@db1 # x\nssh://[2001:db8::1]:22\n", "txt")
	f.Add("[web]\na ansible_host=192.0.2.1 ansible_user=x ansible_port=22\n[web:vars]\nb=c\n", "ini")
	f.Add("all:\n  hosts:\n    a: {ansible_host: -oProxyCommand=x}\n  children: {b: {hosts: {c: null}}}\n", "yml")
	f.Add("a: &a\n  children: {b: *a}\n", "yml")
	f.Add("Host a b* \"c\"\n HostName d\nHost=e\n", "conf")
	f.Fuzz(func(t *testing.T, text, kind string) {
		readers := map[string]func(string) ([]string, error){"txt": listedHosts, "ini": inventoryHosts, "yml": inventoryHosts, "conf": sshConfigHosts}
		read, ok := readers[kind]
		if !ok {
			return
		}
		file := filepath.Join(t.TempDir(), "hosts."+kind)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		hosts, err := read(file)
		if err == nil && len(hosts) == 0 {
			t.Error("no host, and no error")
		}
		for _, host := range hosts {
			d, err := parseDestination(host)
			if err != nil {
				continue
			}
			again, err := parseDestination(d.String())
			if err != nil || again != d || strings.HasPrefix(d.host, "-") || strings.HasPrefix(d.user, "-") {
				t.Errorf("%q is %+v, and that %+v, %v", host, d, again, err)
			}
		}
	})
}
