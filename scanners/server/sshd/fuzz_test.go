package sshd_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/sshd"
)

// FuzzParse reads any text as a configuration and as an included file. What the daemon takes has settings for each connection, twice
// the same, and a comment at the end changes none.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "Port 22", "Match User root Address 10.0.0.0/8\nPermitRootLogin=yes", "Include /etc/ssh/x\nInclude /etc/ssh/sshd_config",
		`AllowUsers "a b" c\ d 'e' # f`, "Ciphers -*\nKexAlgorithms ^curve*", "Match all\nPort 1\nBanner none", "RekeyLimit 1.5G 1h\nIPQoS 0x20 ef", "ListenAddress [::1]:22\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		load := func(main string) (*sshd.Config, error) {
			m := capture.MemoryOf(map[string]string{"/etc/ssh/sshd_config": main, "/etc/ssh/x": text})
			return sshd.Load(m, sshd.Options{Version: sshd.ParseVersion("OpenSSH_9.2p1 Debian-2+deb12u10")})
		}
		config, err := load(text)
		if err != nil {
			if !errors.Is(err, sshd.ErrRefused) && !errors.Is(err, sshd.ErrTooLarge) {
				t.Fatalf("an error of another sort: %v", err)
			}
			return
		}
		x := sshd.Context{User: "root", Addr: "10.1.2.3", LocalPort: 22, LocalAddr: "10.0.0.1", Host: "h"}
		settings, err := config.For(x)
		if err != nil {
			return
		}
		again, err := load(text + "\n# end")
		if err != nil {
			t.Fatalf("a comment changes it: %v", err)
		}
		other, err := again.For(x)
		if err != nil || !slices.Equal(settings.Lines(), other.Lines()) {
			t.Fatalf("a comment changes settings: %v %v", settings.Lines(), other.Lines())
		}
	})
}
