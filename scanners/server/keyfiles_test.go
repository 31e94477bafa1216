package server

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestKeyFiles says which files with keys others may read, or replace.
func TestKeyFiles(t *testing.T) {
	t.Parallel()
	m := capture.MemoryOf(nil)
	for dir, info := range map[string]capture.Info{
		"/": {Mode: 0o755}, "/etc": {Mode: 0o755}, "/etc/ssh": {Mode: 0o755}, "/etc/ssl": {Mode: 0o755}, "/etc/ssl/private": {Mode: 0o755}, "/etc/mysql": {Mode: 0o777},
		"/etc/restic": {Mode: 0o755, UID: 33}, "/etc/borgmatic": {Mode: 0o777 | fs.ModeSticky}, "/root": {Mode: 0o700}, "/etc/nginx": {Mode: 0o755}, "/etc/nginx/ssl": {Mode: 0o710},
	} {
		info.Mode |= fs.ModeDir
		m.Add(dir, info, nil, nil)
	}
	for file, info := range map[string]capture.Info{
		"/etc/ssh/ssh_host_rsa_key": {Mode: 0o600}, "/etc/ssh/ssh_host_rsa_key.pub": {Mode: 0o644}, "/etc/ssh/ssh_host_dsa_key": {Mode: 0o600, UID: 1000},
		"/etc/ssl/private/site.key": {Mode: 0o644}, "/etc/ssl/private/group.key": {Mode: 0o640, GID: 110}, "/etc/mysql/debian.cnf": {Mode: 0o600},
		"/etc/restic/password": {Mode: 0o600}, "/etc/restic/own.pass": {Mode: 0o600, UID: 33}, "/etc/borgmatic/a.yaml": {Mode: 0o600}, "/root/.pgpass": {Mode: 0o644},
		"/etc/nginx/ssl/a.key": {Mode: 0o644},
	} {
		m.Add(file, info, nil, capture.ErrRedacted)
	}
	want := map[string]string{
		"/etc/ssh/ssh_host_rsa_key": "false", "/etc/ssh/ssh_host_rsa_key.pub": "", "/etc/ssh/ssh_host_dsa_key": "true", "/etc/ssl/private/site.key": "true",
		"/etc/ssl/private/group.key": "false",
		"/etc/mysql/debian.cnf":      "true",  // anybody may put another one there
		"/etc/restic/password":       "true",  // and so may the owner of the directory
		"/etc/restic/own.pass":       "false", // whose own it is
		"/etc/borgmatic/a.yaml":      "false", // a directory in which each may remove what is theirs
		"/root/.pgpass":              "false", // nobody else comes to it
		"/etc/nginx/ssl/a.key":       "false", // nor to this, but its group
	}
	got := map[string]string{}
	c := capture.Taken(capture.Capture{Live: true}, m, nil)
	for name := range want {
		got[name] = settingsOf(keyFiles(), c, "key"+name)["exposed"]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestKeyFilesThatMayBeMissing holds that a directory that was not listed hides keys.
func TestKeyFilesThatMayBeMissing(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{"host_not_collected": capture.ErrNotCollected, "host_refused": fs.ErrPermission} {
		m := capture.NewMemory("/etc", "/root/.my.cnf", "/root/.pgpass")
		if errors.Is(err, fs.ErrPermission) {
			m.Add("/root/.ssh", capture.Info{Mode: fs.ModeDir | 0o700}, nil, err)
		}
		codes, facts := gapsOf(keyFiles(), capture.Taken(capture.Capture{}, m, nil))
		if diff := cmp.Diff([]string{name}, codes); diff != "" || facts != nil {
			t.Errorf("(-want +got)\n%s%v", diff, facts)
		}
	}
}
