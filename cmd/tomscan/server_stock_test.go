package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// TestFactsOfAStockDebian12Server holds what was measured on such a server with its own tools: curl, logrotate -d, ss, nft, sshd -T.
func TestFactsOfAStockDebian12Server(t *testing.T) {
	want := map[string]string{
		"apache/*:80/default redirects_to_https":                     "false",
		"apache/*:80/default tls_min":                                "0",
		"apache/site/*:80/default web_firewall":                      "off",
		"exim inbound_tls":                                           "local",
		"exim outbound_tls":                                          "opportunistic",
		"firewall admin_sources":                                     "any",
		"firewall at_boot":                                           "false",
		"firewall default_deny_ipv4":                                 "false",
		"firewall default_deny_ipv6":                                 "false",
		"firewall/rules rule_count":                                  "0",
		"log//var/log/apache2/access.log kept_max_days":              "15",
		"log//var/log/apache2/access.log kept_min_days":              "14",
		"log//var/log/apache2/other_vhosts_access.log kept_min_days": "14",
		"log//var/log/exim4/mainlog kept_max_days":                   "11",
		"log//var/log/exim4/mainlog kept_min_days":                   "10",
		"log//var/log/wtmp kept_max_days":                            fmt.Sprint(evidence.Never), // minsize: a small file is never rotated
		"mysql listens":                                              "any",                      // the socket unit, and not bind-address
		"mysql publicly_accessible":                                  "true",
		"mysql tls_required":                                         "false",
		"operating_system automatic_updates":                         "all",
		"operating_system release":                                   "debian 12",
		"operating_system release_supported":                         "true",
		"operating_system security_source":                           "true",
		"sshd password_login":                                        "accepted",
		"sshd root_login":                                            "key",
		"sshd second_factor_demanded":                                "false",
		"system_log persistent":                                      "true",
		"system_log time_synchronised":                               "false",
	}
	bundle := filepath.Join(t.TempDir(), "web1.tar")
	if err := os.WriteFile(bundle, textBundle(t, debian12+"/capture.txtar"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for address, settings := range settingsIn(t, "--bundle", bundle) {
		for name, value := range settings {
			if key := address + " " + name; want[key] != "" {
				got[key] = value
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}

// settingsIn collects servers and returns the settings of each fact by its address: the value, or why there is none.
func settingsIn(t *testing.T, args ...string) map[string]map[string]string {
	t.Helper()
	all := map[string]map[string]string{}
	for _, f := range snapshotOf(t, args...).Facts {
		all[f.Address] = map[string]string{}
		for name, r := range f.Settings {
			value, err := json.Marshal(r.Value)
			if err != nil {
				t.Fatal(err)
			}
			text := string(value)
			if r.State != evidence.StateKnown {
				text = string(r.State) + " " + r.Why.Code
			}
			var word string
			if json.Unmarshal(value, &word) == nil && word != "" {
				text = word
			}
			all[f.Address][name] = text
		}
	}
	return all
}

// snapshotOf collects servers.
func snapshotOf(t *testing.T, args ...string) evidence.Snapshot {
	t.Helper()
	code, stdout, stderr := tomscan(t, nil, append([]string{"collect", "server", "--at", "2026-11-22T12:00:00Z"}, args...)...)
	if code != codeHolds {
		t.Fatalf("ends with %d: %s", code, stderr)
	}
	var s evidence.Snapshot
	if err := json.Unmarshal([]byte(stdout), &s); err != nil {
		t.Fatal(err)
	}
	return s
}
