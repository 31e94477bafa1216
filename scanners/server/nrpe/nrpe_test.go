package nrpe

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	const main = MainFile
	tests := map[string]struct {
		files map[string]string
		want  Config
	}{
		"as Debian has it": {map[string]string{main: "# x\nserver_port=5666\nallowed_hosts=127.0.0.1,::1\ndont_blame_nrpe=0\ncommand[a]=/b -w 1\ninclude=/etc/nagios/nrpe_local.cfg\ninclude_dir=/etc/nagios/nrpe.d/\n",
			"/etc/nagios/nrpe_local.cfg": "# nothing\n", "/etc/nagios/nrpe.d/a.cfg": "allowed_hosts=192.0.2.1\n", "/etc/nagios/nrpe.d/b.conf": "dont_blame_nrpe=1\n", "/etc/nagios/nrpe.d/sub/c.cfg": "dont_blame_nrpe= 1\n"},
			Config{AllowedHosts: []Setting{{"127.0.0.1", main, 3}, {"::1", main, 3}, {"192.0.2.1", "/etc/nagios/nrpe.d/a.cfg", 1}}, Limited: true, Port: 5666,
				Arguments: Setting{" 1", "/etc/nagios/nrpe.d/sub/c.cfg", 1}, Files: []string{main, "/etc/nagios/nrpe_local.cfg", "/etc/nagios/nrpe.d/a.cfg", "/etc/nagios/nrpe.d/sub/c.cfg"}}},
		"a blank before the equals sign": {map[string]string{main: "allowed_hosts =192.0.2.1\n"}, Config{Port: 5666, Files: []string{main}}},
		"nothing is read after what is wrong": {map[string]string{main: "server_port=80\ndont_blame_nrpe=1\n"},
			Config{Port: 80, Files: []string{main}, Refused: &Setting{"80", main, 1}}},
		"a file that is wrong stops its directory alone": {map[string]string{main: "include_dir=/d\nserver_address=127.0.0.1\n", "/d/a.cfg": "allowed_hosts=\n", "/d/b.cfg": "dont_blame_nrpe=1\n"},
			Config{Port: 5666, Files: []string{main, "/d/a.cfg"}, Address: Setting{"127.0.0.1", main, 2}}},
		"what is not there is passed over": {map[string]string{main: "include=/a.cfg\ninclude_dir=/b\ndont_blame_nrpe=1x\n"}, Config{Port: 5666, Files: []string{main}, Arguments: Setting{"1x", main, 3}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := Load(capture.MemoryOf(tt.files), main)
			if diff := cmp.Diff(got, tt.want); diff != "" || err != nil {
				t.Errorf("(-got +want)\n%s%v", diff, err)
			}
		})
	}
}

func TestAccepts(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{"": false, "0": false, "1": true, " 1": true, "1x": true, "2": false, "yes": false} {
		if got := (Config{Arguments: Setting{Value: value}}).Accepts(); got != want {
			t.Errorf("%q: got %v, want %v", value, got, want)
		}
	}
}

func TestWhatCouldNotBeReadIsSaid(t *testing.T) {
	t.Parallel()
	m := capture.NewMemory("/etc")
	m.Add(MainFile, capture.Info{Mode: 0o644}, []byte("include=/opt/nrpe.cfg\ninclude_dir=/etc/nagios/nrpe.d\n"), nil)
	m.Add("/etc/nagios/nrpe.d/a.cfg", capture.Info{Mode: 0o600}, nil, fs.ErrPermission)
	c, err := Load(m, MainFile)
	if err != nil || len(c.Unread) != 2 || !errors.Is(c.Unread[0].Err, capture.ErrNotCollected) || !errors.Is(c.Unread[1].Err, fs.ErrPermission) {
		t.Errorf("got %v %v", c.Unread, err)
	}
	if _, err := Load(m, "/opt/nrpe.cfg"); !errors.Is(err, capture.ErrNotCollected) {
		t.Errorf("the main file: got %v", err)
	}
}

func TestFilesThatIncludeThemselvesEnd(t *testing.T) {
	t.Parallel()
	c, err := Load(capture.MemoryOf(map[string]string{MainFile: "include=/etc/nagios/nrpe.cfg\ninclude=/etc/nagios/nrpe.cfg\n"}), MainFile)
	if err != nil || len(c.Unread) == 0 || !errors.Is(c.Unread[0].Err, capture.ErrTooMany) {
		t.Errorf("got %v %v", c.Unread, err)
	}
}

// TestDirectoriesInThemselvesEnd holds that links from a directory to itself end: each would list 40 more.
func TestDirectoriesInThemselvesEnd(t *testing.T) {
	t.Parallel()
	m := capture.MemoryOf(map[string]string{MainFile: "include_dir=/d\n", "/d/x.cfg": "dont_blame_nrpe=1\n"})
	for n := range 40 {
		m.AddLink(fmt.Sprintf("/d/%d", n), ".")
	}
	c, err := Load(m, MainFile)
	if err != nil || len(c.Unread) == 0 || !errors.Is(c.Unread[0].Err, capture.ErrTooMany) {
		t.Errorf("got %v %v", c.Unread, err)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("allowed_hosts=a,b\ndont_blame_nrpe=1\n", "include=/d/a.cfg\nserver_port=1")
	f.Add("=include_dir=/d\n", "include=/etc/nagios/nrpe.cfg\ninclude_dir=/d")
	f.Fuzz(func(t *testing.T, main, other string) {
		files := map[string]string{MainFile: main, "/d/a.cfg": other}
		c, err := Load(capture.MemoryOf(files), MainFile)
		if err != nil || len(c.Files) > 2000 || len(c.AllowedHosts) > 0 && !c.Limited {
			t.Fatalf("%+v %v", c, err)
		}
		for _, s := range append(c.AllowedHosts, c.Arguments, c.Address) {
			if s.Line > 0 && files[s.File] == "" {
				t.Errorf("%+v stands nowhere", s)
			}
		}
	})
}
