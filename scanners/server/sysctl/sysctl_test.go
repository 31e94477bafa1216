package sysctl

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestWhatAKeyIsSetTo(t *testing.T) {
	const key = "net.ipv4.conf.eth0.rp_filter"
	for _, c := range []struct {
		name  string
		files fileSet
		want  string
	}{
		{"no file", fileSet{}, ""},
		{"one line", fileSet{"/etc/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter = 1\n"}, "1 /etc/sysctl.d/a.conf"},
		{"with slashes", fileSet{"/etc/sysctl.d/a.conf": "/net/ipv4/conf/eth0/rp_filter=1"}, "1 /etc/sysctl.d/a.conf"},
		{"the later name wins", fileSet{"/usr/lib/sysctl.d/b.conf": "net.ipv4.conf.eth0.rp_filter=2", "/etc/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter=1"}, "2 /usr/lib/sysctl.d/b.conf"},
		{"one name in two directories", fileSet{"/usr/lib/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter=2", "/run/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter=1"}, "1 /run/sysctl.d/a.conf"},
		{"a mask", fileSet{"/usr/lib/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter=2", "/etc/sysctl.d/a.conf": "->/dev/null"}, ""},
		{"an empty file masks too", fileSet{"/usr/lib/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter=2", "/etc/sysctl.d/a.conf": ""}, ""},
		{"a link to nowhere masks too", fileSet{"/usr/lib/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter=2", "/etc/sysctl.d/a.conf": "->/nowhere"}, ""},
		{"a hidden file is none", fileSet{"/etc/sysctl.d/.a.conf": "net.ipv4.conf.eth0.rp_filter=2"}, ""},
		{"another name is none", fileSet{"/etc/sysctl.d/a.off": "net.ipv4.conf.eth0.rp_filter=2"}, ""},
		{"/etc/sysctl.conf alone is not read", fileSet{"/etc/sysctl.conf": "net.ipv4.conf.eth0.rp_filter=2"}, ""},
		{"/etc/sysctl.conf by its link", fileSet{"/etc/sysctl.conf": "net.ipv4.conf.eth0.rp_filter=2", "/etc/sysctl.d/99-sysctl.conf": "->../sysctl.conf"}, "2 /etc/sysctl.d/99-sysctl.conf"},
		{"a pattern", fileSet{"/etc/sysctl.d/a.conf": "net.ipv4.conf.*.rp_filter=2"}, "2 /etc/sysctl.d/a.conf"},
		{"a pattern after a line of its own", fileSet{"/etc/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter=1\nnet.ipv4.conf.*.rp_filter=2\n"}, "1 /etc/sysctl.d/a.conf"},
		{"kept from patterns", fileSet{"/etc/sysctl.d/a.conf": "net.ipv4.conf.*.rp_filter=2\n-net.ipv4.conf.eth0.rp_filter\n"}, ""},
		{"kept from patterns, and then set", fileSet{"/etc/sysctl.d/a.conf": "-net.ipv4.conf.eth0.rp_filter\nnet.ipv4.conf.*.rp_filter=2\n-net.ipv4.conf.eth0.rp_filter = 1\n"}, "1 /etc/sysctl.d/a.conf"},
		{"a comment", fileSet{"/etc/sysctl.d/a.conf": "# net.ipv4.conf.eth0.rp_filter=1\n ; net.ipv4.conf.eth0.rp_filter=2\n"}, ""},
		{"a line that assigns nothing", fileSet{"/etc/sysctl.d/a.conf": "net.ipv4.conf.eth0.rp_filter\n"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, s := range Load(c.files.memory()).Writes([]string{normal(key)}) {
				if s.Key == normal(key) {
					got = s.Value + " " + s.File
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestForwarding(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       [2]bool
		by         [2]int
	}{
		{"nothing", "", [2]bool{}, [2]int{}},
		{"both", "net.ipv4.ip_forward=1\nnet.ipv6.conf.all.forwarding=1\n", [2]bool{true, true}, [2]int{1, 2}},
		{"off", "net.ipv4.ip_forward=0\nnet.ipv6.conf.all.forwarding=0\n", [2]bool{}, [2]int{1, 2}},
		{"one device", "net.ipv4.conf.eth0/100.forwarding=1\n", [2]bool{true, false}, [2]int{1, 0}},
		{"all off after one on", "net.ipv4.ip_forward=1\nnet.ipv4.conf.eth0.forwarding=1\nnet.ipv4.ip_forward=0\n", [2]bool{true, false}, [2]int{2, 0}},
		{"all on and off by its other name", "net.ipv4.ip_forward=1\nnet.ipv4.conf.eth0.forwarding=1\nnet.ipv4.conf.all.forwarding=0\n", [2]bool{}, [2]int{3, 0}},
		{"all off that were off change no device", "net.ipv4.conf.eth0.forwarding=1\nnet.ipv4.ip_forward=0\n", [2]bool{true, false}, [2]int{1, 0}},
		{"by a pattern", "net.*.conf.*.forwarding=1\n", [2]bool{true, true}, [2]int{1, 1}},
		{"what is no number changes nothing", "net.ipv4.ip_forward=1\nnet.ipv4.conf.all.forwarding=no\n", [2]bool{true, false}, [2]int{1, 0}},
		{"another device of IPv6 alone does not forward", "net.ipv6.conf.eth0.forwarding=1\n", [2]bool{}, [2]int{}},
		{"but where it is made to", "net.ipv6.conf.eth0.force_forwarding=1\n", [2]bool{false, true}, [2]int{0, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			four, six := Load(fileSet{"/etc/sysctl.d/a.conf": c.text}.memory()).Forwarding()
			if diff := cmp.Diff(c.want, [2]bool{four.On, six.On}); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.by, [2]int{four.By.Line, six.By.Line}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsUnreadIsSaid(t *testing.T) {
	m := capture.NewMemory("/etc/sysctl.d", "/run", "/usr/lib", "/lib")
	m.Add("/etc/sysctl.d/a.conf", capture.Info{Mode: 0o600}, nil, fs.ErrPermission)
	c := Load(m)
	if len(c.Unread) != 2 || !errors.Is(c.Unread[0], capture.ErrNotCollected) || !errors.Is(c.Unread[1], fs.ErrPermission) {
		t.Errorf("got %v, want /usr/local/lib/sysctl.d and the file", c.Unread)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("net.ipv4.ip_forward = 1\n-net/ipv4/conf/*/forwarding\n# x\n")
	f.Add("-a.b/c.d*=1\na/b.c/d=2\n=\n-\n[=1\n")
	f.Fuzz(func(t *testing.T, text string) {
		c := Load(fileSet{"/etc/sysctl.d/a.conf": text + "\n"}.memory())
		for _, s := range c.Writes([]string{"net/ipv4/ip_forward", "a"}) {
			if s.Key == "" || s.Line < 1 || normal("/"+s.Key) != s.Key {
				t.Errorf("wrote %+v", s)
			}
		}
		c.Forwarding()
	})
}
