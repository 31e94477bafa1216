package server

import (
	"fmt"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Public keys of RSA of 1024 and of 2048 bits.
const (
	smallKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDGdB36j7jHrtggI1P3qIJv49cw5a8F6XbFrKN6fTKFbUx+DTfS6u6DYPO/01zlPZtQdE1AjhfWv8HAA0vd9ZemFPbcSt2Zp57kWtTqZSAfsb37tocvqhplUmWRyQwQBvyOi9u0K+glFjYfVzTKYjnuS2tTEaeG4/QZRFRS+Dd/hw=="
	largeKey = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCnuP4EgCy4AjN8WO+tFKm6gfAzJdf1OeO7sZ+Xf9RKj8nPu69KJzXRGDjwnGBlCMBS8zdqlM5MDgHDX+5ui9UAb1/QvZekoVxYoUmZP7jQVtZUloqg9dSjHhYinrYCNBSXKsvCAUmQ5Sn72LUInmSPdD2bdKhqdDIaMKNjqxiKMBN9ldDCDvykr+ra86J4O1reI5+Z1Kky8OoWnZ/bjzWva/DR7AijZ42WQYcdvjZp8xE7LZS22ifiFwwclV0EQdHtvzz+AWgsBkdIZ7akBvWA3yzUO1EGD0EXSiCQd/8kXjKeqiikj1e0EPzzzbHOhueduMB2DFEDzUDckbOH/f1F"
)

// TestWeakHostKeys looks at the sizes of the keys that the daemon shows.
func TestWeakHostKeys(t *testing.T) {
	const strong, file = "Ciphers aes256-gcm@openssh.com\nKexAlgorithms curve25519-sha256\nMACs hmac-sha2-256\nHostKeyAlgorithms rsa-sha2-512,ssh-ed25519\n", "/etc/ssh/ssh_host_rsa_key"
	type told struct {
		Weak string
		More []string
	}
	tests := []struct {
		name, config, public string
		err                  error
		want                 told
	}{
		{"large enough", strong, largeKey, nil, told{Weak: "[]"}},
		{"too small", strong, smallKey, nil, told{Weak: "[ssh-rsa 1024]"}},
		{"not taken", strong + "RequiredRSASize 2048\n", smallKey, nil, told{Weak: "[]"}},
		{"not offered", strong + "HostKey /etc/ssh/ssh_host_ed25519_key\n", smallKey, nil, told{Weak: "[]"}},
		{"an algorithm of others alone", "HostKeyAlgorithms ssh-ed25519\n" + strong, smallKey, nil, told{Weak: "[]"}},
		{"refused", strong, "", fs.ErrPermission, told{"[]", []string{"host_refused"}}},
		{"nonsense", strong, "ssh-rsa AAAA", nil, told{"[]", []string{"host_not_understood"}}},
	}
	for _, test := range tests {
		m := capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": test.config, "/etc/passwd": ""})
		m.Add(file, capture.Info{Mode: 0o600}, nil, capture.ErrRedacted)
		m.Add(file+".pub", capture.Info{Mode: 0o644}, []byte(test.public), test.err)
		h := &host{Capture: capture.Taken(capture.Capture{}, m, map[string]capture.Command{"dpkg": output("openssh-server 1:9.2p1-2+deb12u10 installed amd64\n")}),
			place: evidence.Place{Host: "host1"}, found: map[evidence.Kind]int{}}
		sshServers().read(h)
		r := h.facts[0].Settings["weak_algorithms"]
		got := told{Weak: fmt.Sprint(r.Value)}
		for _, why := range r.More {
			got.More = append(got.More, why.Code)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}
