package systemd_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// tree are files by path; contents that begin with "->" are links.
type tree map[string]string

func (tr tree) memory() *capture.Memory {
	m := capture.NewMemory("/")
	for p, content := range tr {
		if target, ok := strings.CutPrefix(content, "->"); ok {
			m.AddLink(p, target)
			continue
		}
		m.Add(p, capture.Info{Mode: 0o644, Size: int64(len(content))}, []byte(content), nil)
	}
	return m
}

func (tr tree) write(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for p, content := range tr {
		at := filepath.Join(root, p)
		if err := os.MkdirAll(filepath.Dir(at), 0o750); err != nil {
			t.Fatal(err)
		}
		write := func() error { return os.WriteFile(at, []byte(content), 0o600) }
		if target, ok := strings.CutPrefix(content, "->"); ok {
			write = func() error { return os.Symlink(target, at) }
		}
		if err := write(); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

const (
	etc = "/etc/systemd/system/"
	lib = "/usr/lib/systemd/system/"
)

// service is a unit that multi-user.target can want.
const service = "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n"

func enablements() map[string]struct {
	tree tree
	unit string
	want systemd.Enablement
} {
	type test = struct {
		tree tree
		unit string
		want systemd.Enablement
	}
	wants := etc + "multi-user.target.wants/"
	return map[string]test{
		"enabled":                 {tree{lib + "a.service": service, wants + "a.service": "->" + lib + "a.service"}, "a.service", systemd.Enablement{State: "enabled", Starts: true, By: wants + "a.service"}},
		"disabled":                {tree{lib + "a.service": service}, "a.service", systemd.Enablement{State: "disabled"}},
		"masked":                  {tree{lib + "a.service": service, etc + "a.service": "->/dev/null", wants + "a.service": "->" + lib + "a.service"}, "a.service", systemd.Enablement{State: "masked"}},
		"masked by an empty file": {tree{lib + "a.service": service, etc + "a.service": ""}, "a.service", systemd.Enablement{State: "masked"}},
		"static":                  {tree{lib + "a.service": "[Service]\nExecStart=/bin/true\n"}, "a.service", systemd.Enablement{State: "static"}},
		"wanted by its package": {tree{lib + "a.service": "[Service]\nExecStart=/bin/true\n", lib + "sysinit.target.wants/a.service": "->../a.service"}, "a.service",
			systemd.Enablement{State: "static", Starts: true, By: lib + "sysinit.target.wants/a.service"}},
		"alias":                                {tree{lib + "a.service": service, lib + "b.service": "->a.service"}, "b.service", systemd.Enablement{State: "alias"}},
		"enabled by an alias":                  {tree{lib + "a.service": "[Service]\nExecStart=/bin/true\n[Install]\nAlias=b.service\n", etc + "b.service": "->" + lib + "a.service"}, "a.service", systemd.Enablement{State: "enabled"}},
		"also":                                 {tree{lib + "a.service": "[Service]\nExecStart=/bin/true\n[Install]\nAlso=b.service\n", lib + "b.service": service}, "a.service", systemd.Enablement{State: "indirect"}},
		"instance":                             {tree{lib + "a@.service": service, wants + "a@x.service": "->" + lib + "a@.service"}, "a@x.service", systemd.Enablement{State: "enabled", Starts: true, By: wants + "a@x.service"}},
		"other instance":                       {tree{lib + "a@.service": service, wants + "a@x.service": "->" + lib + "a@.service"}, "a@y.service", systemd.Enablement{State: "disabled"}},
		"timer":                                {tree{lib + "a.timer": "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n", etc + "timers.target.wants/a.timer": "->" + lib + "a.timer"}, "a.timer", systemd.Enablement{State: "enabled", Starts: true, By: etc + "timers.target.wants/a.timer"}},
		"install section emptied by a drop-in": {tree{lib + "a.service": service, etc + "a.service.d/x.conf": "[Install]\nWantedBy=\n"}, "a.service", systemd.Enablement{State: "static"}},
		"not there":                            {tree{etc + "b.service": service}, "a.service", systemd.Enablement{State: "not-found"}},
	}
}

func TestEnabled(t *testing.T) {
	t.Parallel()
	for name, tt := range enablements() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := systemd.Host{Files: tt.tree.memory()}.Enabled(tt.unit)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

// TestAgainstEnabled asks systemctl the same.
func TestAgainstEnabled(t *testing.T) {
	t.Parallel()
	program := against.Daemon(t, "systemctl")
	for name, tt := range enablements() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), program, "--root="+tt.tree.write(t), "is-enabled", tt.unit)
			cmd.Env = append(cmd.Environ(), "LC_ALL=C")
			out, err := cmd.CombinedOutput()
			said := strings.TrimSpace(string(out))
			if strings.Contains(said, "No such file") {
				said = "not-found"
			}
			if said != tt.want.State {
				t.Errorf("systemctl says %q (%v), want %q", said, err, tt.want.State)
			}
		})
	}
}

func TestEnabledAsTheServiceManagerSays(t *testing.T) {
	t.Parallel()
	h := systemd.Host{Files: tree{
		lib + "a.service": service, lib + "s.service": "[Service]\nExecStart=/bin/true\n", lib + "sysinit.target.wants/s.service": "->../s.service",
		"/etc/init.d/old": "#!/bin/sh\n", "/etc/rc3.d/S01old": "->../init.d/old", "/etc/init.d/off": "#!/bin/sh\n",
	}.memory(), UnitFiles: []byte("a.service enabled enabled\ns.service static -\nold.service generated -\noff.service generated -\nm.service masked enabled\n")}
	want := map[string]systemd.Enablement{
		"a.service":   {State: "enabled", Starts: true, Told: true},
		"s.service":   {State: "static", Starts: true, Told: true, By: lib + "sysinit.target.wants/s.service"},
		"old.service": {State: "generated", Starts: true, Told: true, By: "/etc/rc3.d/S01old"},
		"off.service": {State: "generated", Told: true},
		"m.service":   {State: "masked", Told: true},
		"x.service":   {State: "not-found"},
	}
	got := map[string]systemd.Enablement{}
	for name := range want {
		e, err := h.Enabled(name)
		if err != nil {
			t.Fatal(name, err)
		}
		got[name] = e
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestEnabledIsNotKnownWhereNobodyLooked(t *testing.T) {
	t.Parallel()
	if _, err := (systemd.Host{Files: capture.NewMemory()}).Enabled("a.service"); err == nil || is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want that it was not collected", err)
	}
}
