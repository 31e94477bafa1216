package sshd_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/sshd"
)

// TestQuirks holds what surprises in the daemon, as OpenSSH 9.2 of Debian 12 was seen to do it, or as servconf.c of a version says.
func TestQuirks(t *testing.T) {
	const debian12 = "OpenSSH_9.2p1 Debian-2+deb12u10"
	tests := []struct {
		name, version, main, included, keyword, want string
	}{
		{"the first value counts", debian12, "Include /x\nPermitRootLogin no", "PermitRootLogin yes", "permitrootlogin", "yes"},
		{"Match ends with its file", debian12, "Include /x\nX11Forwarding yes", "Match User nobody", "x11forwarding", "yes"},
		{"Match goes on in an included file", debian12, "Match User nobody\nInclude /x", "X11Forwarding yes", "x11forwarding", "no"},
		{"Match all in an included file of another block holds for nobody", debian12, "Match User nobody\nInclude /x", "Match all\nX11Forwarding yes", "x11forwarding", "no"},
		{"the first block counts", debian12, "MaxAuthTries 1\nMatch User root\nMaxAuthTries 2\nMatch all\nMaxAuthTries 3", "", "maxauthtries", "2"},
		{"lists of a block replace those of the start", debian12, "AllowUsers a b\nMatch User root\nAllowUsers c", "", "allowusers", "c"},
		{"taking everything away at the start takes nothing away", debian12, "MACs -*", "", "macs", "umac-64-etm@openssh.com,umac-128-etm@openssh.com,hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha1-etm@openssh.com,umac-64@openssh.com,umac-128@openssh.com,hmac-sha2-256,hmac-sha2-512,hmac-sha1"},
		{"the last IPQoS counts", debian12, "IPQoS af21\nIPQoS 0x20", "", "ipqos", "cs1 cs1"},
		{"an equals sign, and a comment", debian12, "PermitRootLogin = \"no\" # yes", "", "permitrootlogin", "no"},
		{"a comment belongs to ForceCommand", debian12, "ForceCommand a # b", "", "forcecommand", "a # b"},
		{"any after other methods, in a block that does not hold", debian12, "AuthenticationMethods publickey\nMatch User nobody\nAuthenticationMethods any", "", "", "refused"},
		{"a global keyword in a block", debian12, "Match User nobody\nPort 23", "", "", "refused"},
		{"a global keyword after Match all", debian12, "Match all\nPort 23", "", "port", "23"},
		{"exec is a criterion of the client", debian12, "Match exec true", "", "", "refused"},
		{"a file that includes itself", debian12, "Include /x", "Include /x", "", "refused"},
		{"an address with bits outside its mask", debian12, "AllowUsers a@10.0.0.1/8", "", "", "refused"},
		{"the alias before 8.7 switches the other on", "OpenSSH_8.4p1", "KbdInteractiveAuthentication no", "", "kbdinteractiveauthentication", "yes"},
		{"the alias before 8.7", "OpenSSH_8.4p1", "ChallengeResponseAuthentication no", "", "kbdinteractiveauthentication", "no"},
		{"the alias since 8.7", debian12, "ChallengeResponseAuthentication no\nKbdInteractiveAuthentication yes", "", "kbdinteractiveauthentication", "no"},
		{"Include before 8.2", "OpenSSH_7.9p1", "Include /x", "", "", "refused"},
		{"an unknown version leaves defaults of algorithms open", "", "Port 22", "", "ciphers", "open"},
		{"an unknown version takes a whole list", "", "Ciphers aes256-ctr", "", "ciphers", "aes256-ctr"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": test.main, "/x": test.included})
			if got := setting(files, test.version, test.keyword); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// setting is a setting for root, or "open" or "refused".
func setting(f capture.Files, version, keyword string) string {
	config, err := sshd.Load(f, sshd.Options{Version: sshd.ParseVersion(version)})
	if errors.Is(err, sshd.ErrRefused) {
		return "refused"
	}
	if err != nil {
		return err.Error()
	}
	s, err := config.For(sshd.Context{User: "root", Addr: "10.0.0.1", LocalAddr: "10.0.0.2", LocalPort: 22, Host: "h"})
	switch {
	case err != nil:
		return err.Error()
	case s[keyword].Open != nil:
		return "open"
	}
	return s[keyword].String()
}

// TestContexts counts the connections that are told apart.
func TestContexts(t *testing.T) {
	tests := []struct{ name, main, want string }{
		{"none", "Port 22", "root@203.0.113.77 zq-other@203.0.113.77"},
		{"a network", "Match Address 10.0.0.0/8\nX11Forwarding no", "root@203.0.113.77 root@10.0.0.0 zq-other@203.0.113.77 zq-other@10.0.0.0"},
		{"an account", "AllowUsers a*", "root@203.0.113.77 zq-other@203.0.113.77 a@203.0.113.77 azq-other@203.0.113.77"},
	}
	for _, test := range tests {
		config, err := sshd.Load(capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": test.main}), sshd.Options{})
		if err != nil {
			t.Fatal(err)
		}
		contexts, err := config.Contexts(nil)
		got := ""
		for _, x := range contexts {
			got += fmt.Sprintf(" %s@%s", x.User, x.Addr)
		}
		if err != nil || got != " "+test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
}
