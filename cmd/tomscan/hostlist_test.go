package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHostsOfFiles(t *testing.T) {
	tests := []struct {
		name, file, text string
		read             func(string) ([]string, error)
		want             []string
		fails            string
	}{
		{"a list with comments", "hosts", "db1 # the database\n\n# nobody\nssh://audit@app1:2222\n", listedHosts, []string{"db1", "ssh://audit@app1:2222"}, ""},
		{"an empty list", "hosts", "# nobody\n", listedHosts, nil, "names no host"},
		{"names of a client's configuration, no patterns", "config", "Host db1 app*\n  HostName 192.0.2.1\nHOST=web1\nHost *\n  User audit\n", sshConfigHosts, []string{"db1", "web1"}, ""},
		{"an inventory in INI form", "hosts.ini", "mail1 ansible_host=192.0.2.7\n[web]\nweb1 ansible_user=audit ansible_port=2222\n[web:vars]\nansible_user=nobody\n[all:children]\nweb\n",
			inventoryHosts, []string{"ssh://192.0.2.7", "ssh://audit@web1:2222"}, ""},
		{"a range is not read", "hosts.ini", "[web]\nweb[1:3]\n", inventoryHosts, nil, "hosts.ini:2: \"web[1:3]\" is not understood"},
		{"an inventory in YAML", "hosts.yml", "all:\n  hosts:\n    mail1:\n  children:\n    web:\n      hosts:\n        web1:\n          ansible_port: 2222\n", inventoryHosts,
			[]string{"ssh://mail1", "ssh://web1:2222"}, ""},
		{"no YAML", "hosts.yml", "a: [\n", inventoryHosts, nil, "hosts.yml: yaml"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), test.file)
			if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := test.read(file)
			if test.fails != "" && (err == nil || !strings.Contains(err.Error(), test.fails)) || test.fails == "" && err != nil {
				t.Fatalf("the error is %v, want %q", err, test.fails)
			}
			if test.fails == "" {
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestDestinations(t *testing.T) {
	tests := []struct {
		text, want string
		fails      bool
	}{
		{"ssh://db1", "ssh://db1", false},
		{"db1", "ssh://db1", false},
		{"ssh://audit@db1.example.com:2222", "ssh://audit@db1.example.com:2222", false},
		{"ssh://[2001:db8::1]:22", "ssh://[2001:db8::1]:22", false},
		{"ssh://-oProxyCommand=touch", "", true},
		{"ssh://-l@db1", "", true},
		{"ssh://db1/etc", "", true},
		{"ssh://audit:secret@db1", "", true},
		{"ssh://audit:secret@-oX", "", true},
		{"ssh://$(touch x)", "", true},
		{"ssh://", "", true},
	}
	for _, test := range tests {
		d, err := parseDestination(test.text)
		if (err != nil) != test.fails || !test.fails && d.String() != test.want {
			t.Errorf("%s is %v, %v; want %s", test.text, d, err, test.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

func TestTheClientOfSSHIsToldNothingElse(t *testing.T) {
	d := destination{user: "audit", host: "db1", port: "2222"}
	want := []string{"ssh", "-T", "-C", "-a", "-x", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", "ConnectTimeout=10",
		"-o", "ClearAllForwardings=yes", "-o", "PermitLocalCommand=no", "-F", "client", "-p", "2222", "-l", "audit", "--", "db1", "exec sh -s"}
	if diff := cmp.Diff(want, d.command(&hostFlags{sshConfig: "client"})); diff != "" {
		t.Error(diff)
	}
}
