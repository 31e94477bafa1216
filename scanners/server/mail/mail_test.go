package mail

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestReadExim(t *testing.T) {
	got := ReadExim([]byte("tls_advertise_hosts = *\ntls_certificate = \nno_tls_remember_esmtp\nauto_thaw = 0s\nprdr_enable\n"), []byte("remote_smtp transport:\ndriver = smtp\nhosts_require_tls = *\nlocal transport:\ndriver = appendfile\n"))
	want := Exim{map[string]string{"tls_advertise_hosts": "*", "tls_certificate": "", "tls_remember_esmtp": "no", "auto_thaw": "0s", "prdr_enable": "yes"},
		map[string]map[string]string{"remote_smtp": {"driver": "smtp", "hosts_require_tls": "*"}, "local": {"driver": "appendfile"}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLocalInterfaces(t *testing.T) {
	for text, want := range map[string]bool{"<; 127.0.0.1 ; ::1": true, "127.0.0.1": true, "<; 0.0.0.0": false, "": false, "127.0.0.1 : 192.0.2.1": false, "<; [127.0.0.1]:25": true, "<; mail.example.com": false} {
		if got := (Exim{Options: map[string]string{"local_interfaces": text}}).Local(); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestReadPostfix(t *testing.T) {
	p, err := ReadPostfix(capture.MemoryOf(map[string]string{"/etc/postfix/main.cf": "# x\nlevel = may\nsmtpd_tls_security_level = $level\nmynetworks = 127.0.0.0/8\n  [::1]/128\nlevel = encrypt\na = ${b}\nb = $a\nc = ${x?y}\nd = $(level)er\n"}), "/etc/postfix/main.cf")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for name := range p.Parameters {
		if v, ok := p.Get(name); ok {
			got[name] = v.Value
		}
	}
	want := map[string]string{"level": "encrypt", "smtpd_tls_security_level": "encrypt", "mynetworks": "127.0.0.0/8 [::1]/128", "d": "encrypter"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestAgainstExim compares what Exim prints of a generated configuration with what is read.
func TestAgainstExim(t *testing.T) {
	program := against.Daemon(t, "exim4")
	against.Superuser(t)
	random := against.Random(t)
	cases := against.Cases(3, 100)
	for n := range cases {
		lists := []string{"<; 127.0.0.1 ; ::1", "127.0.0.1", "0.0.0.0", "127.0.0.1 : 192.0.2.1"}
		list := lists[random.IntN(len(lists))]
		advertise := []string{"*", "", "10.0.0.0/8"}[random.IntN(3)]
		require := []string{"*", "", "mx.example.com"}[random.IntN(3)]
		file := filepath.Join(t.TempDir(), "exim.conf")
		text := "local_interfaces = " + list + "\ntls_advertise_hosts = " + advertise + "\nbegin transports\nout:\n  driver = smtp\n  hosts_require_tls = " + require + "\n"
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		ask := func(args ...string) []byte {
			out, err := exec.CommandContext(t.Context(), program, append([]string{"-C", file, "-bP"}, args...)...).Output()
			if err != nil {
				t.Fatalf("case %d: %v: %s", n, err, text)
			}
			return out
		}
		e := ReadExim(ask(), ask("transports"))
		got := []string{e.Options["local_interfaces"], e.Options["tls_advertise_hosts"], e.Transports["out"]["hosts_require_tls"]}
		if diff := cmp.Diff([]string{list, advertise, require}, got); diff != "" {
			t.Errorf("case %d: %s", n, diff)
		}
	}
	t.Logf("%d configurations compared with exim", cases)
}

func FuzzReadPostfix(f *testing.F) {
	f.Add("a = $b\n b\nb=${c}\nc = $(a)\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPostfix(capture.MemoryOf(map[string]string{"/m": text}), "/m")
		if err != nil {
			t.Fatal(err)
		}
		for name := range p.Parameters {
			if v, ok := p.Get(name); ok && strings.Contains(v.Value, "$") {
				t.Errorf("%s is not expanded: %q", name, v.Value)
			}
		}
	})
}

func FuzzReadExim(f *testing.F) {
	f.Add([]byte("local_interfaces = <; 127.0.0.1\n"), []byte("x transport:\ndriver = smtp\n"))
	f.Fuzz(func(t *testing.T, main, transports []byte) {
		e := ReadExim(main, transports)
		if e.Local() && e.Options["local_interfaces"] == "" {
			t.Error("nothing is local")
		}
	})
}

func FuzzReadMaster(f *testing.F) {
	f.Add("smtp inet n - y - - smtpd\n  -o a=b -o { c = d }\n#x\n -oe=f\n[::1]:25 inet n - y - - smtpd\n")
	f.Fuzz(func(t *testing.T, text string) {
		services, err := ReadMaster(capture.MemoryOf(map[string]string{"/m": text}), "/m")
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range services {
			if s.Line < 1 || s.Name == "" || s.Overrides == nil || s.Local() && !strings.Contains(s.Name, ":") {
				t.Errorf("%+v", s)
			}
		}
	})
}
