package zabbix

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

const file = "/etc/zabbix/zabbix_agentd.conf"

func TestLoad(t *testing.T) {
	t.Parallel()
	got, err := Load(capture.MemoryOf(map[string]string{file: "# Server=x\n\n Server = 192.0.2.1 \nInclude=/etc/zabbix/d/*.conf\nInclude=/etc/zabbix/e\nno assignment\n",
		"/etc/zabbix/d/b.conf": "Server=192.0.2.2", "/etc/zabbix/d/a.conf": "Timeout=3\r\n", "/etc/zabbix/d/c.txt": "Server=x", "/etc/zabbix/e/z": "StartAgents=0"}), file)
	files := []string{file, "/etc/zabbix/d/a.conf", "/etc/zabbix/d/b.conf", "/etc/zabbix/e/z"}
	settings := []Setting{
		{"Server", "192.0.2.1", file, 3}, {"Include", "/etc/zabbix/d/*.conf", file, 4}, {"Timeout", "3", "/etc/zabbix/d/a.conf", 1},
		{"Server", "192.0.2.2", "/etc/zabbix/d/b.conf", 1}, {"Include", "/etc/zabbix/e", file, 5}, {"StartAgents", "0", "/etc/zabbix/e/z", 1}}
	if diff := cmp.Diff([]any{got.Files, got.Settings, got.Unread}, []any{files, settings, []capture.Unread(nil)}); diff != "" || err != nil {
		t.Errorf("(-got +want)\n%s%v", diff, err)
	}
	if s, ok := got.Last("Server"); !ok || s.Value != "192.0.2.2" {
		t.Errorf("the last one counts: got %v", s)
	}
	if _, ok := got.Last("ListenIP"); ok {
		t.Error("what nothing sets is set")
	}
}

func TestRuns(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"": "", "AllowKey=system.run[*]": "AllowKey", "DenyKey=system.run[*]\nAllowKey=system.run[*]": "", "AllowKey=system.run[uptime]\nDenyKey=system.run[*]": "",
		"AllowKey=system.run[ls *]\nDenyKey=system.run[*]": "AllowKey", "EnableRemoteCommands=1": "AllowKey", "EnableRemoteCommands=0\nAllowKey=*": "",
		"AllowKey=*": "AllowKey", "DenyKey=*\nAllowKey=system.run[*]": "", "DenyKey=vfs.*[*]\nAllowKey=system.*[*]": "AllowKey",
		"UserParameter=disk[*],/usr/local/bin/disk $1": "UserParameter", "UserParameter=users,who | wc -l": "", "DenyKey=system.run[rm *]\nAllowKey=system.run[*]": "AllowKey",
	}
	for text, want := range tests {
		c, err := Load(capture.MemoryOf(map[string]string{file: text}), file)
		if s, _ := c.Runs(); s.Name != want || err != nil {
			t.Errorf("%q: got %q %v, want %q", text, s.Name, err, want)
		}
	}
}

func TestWhatCouldNotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	m := capture.NewMemory("/etc")
	m.Add(file, capture.Info{Mode: 0o644}, []byte("Include=/opt/z.conf\nInclude=/etc/zabbix/d/*.conf\nInclude=d.conf\nInclude="+file+"\n"), nil)
	m.Add("/etc/zabbix/d/a.conf", capture.Info{Mode: 0o600}, nil, fs.ErrPermission)
	c, err := Load(m, file)
	if err != nil || len(c.Unread) < 3 || !errors.Is(c.Unread[0].Err, capture.ErrNotCollected) || !errors.Is(c.Unread[1].Err, fs.ErrPermission) || !errors.Is(c.Unread[2].Err, capture.ErrNotCollected) {
		t.Errorf("got %v %v", c.Unread, err)
	}
	if _, err := Load(m, "/opt/z.conf"); !errors.Is(err, capture.ErrNotCollected) {
		t.Errorf("the main file: got %v", err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("Server=a\nInclude=/d/*\nAllowKey=system.run[*]", "UserParameter=a[*],b")
	f.Add("Include="+file+"\nInclude=/d", "DenyKey=[\nEnableRemoteCommands = 1")
	f.Fuzz(func(t *testing.T, main, other string) {
		c, err := Load(capture.MemoryOf(map[string]string{file: main, "/d/a": other}), file)
		if err != nil || len(c.Settings) > settingsLimit {
			t.Fatalf("%d %d %v", len(c.Settings), len(c.Unread), err)
		}
		for _, s := range c.Settings {
			if s.Line < 1 || s.File != file && s.File != "/d/a" {
				t.Errorf("%+v stands nowhere", s)
			}
		}
		c.Runs()
	})
}
