package backup

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestIn(t *testing.T) {
	script := "#!/bin/sh\nset -e\nmysqldump --all-databases | gzip > /backup/all.sql.gz\nrsync -a /backup/ backup@nas.example.com:/srv/\nfind /backup -mtime +30 -delete\n"
	tests := []struct {
		name, command string
		files         map[string]string
		want          []Job
	}{
		{"restic to another host", "restic -r sftp:nas:/srv/restic backup /etc /home && restic -r sftp:nas:/srv/restic forget --keep-daily 14 --prune", nil,
			[]Job{{Program: "restic", Covers: []string{"configuration", "files"}, Encrypted: Yes, Offsite: Yes, Target: "sftp:nas:/srv/restic", KeepDays: 14}}},
		{"a dump that lies on the same disk", "mysqldump --all-databases > /backup/all.sql", nil, []Job{{Program: "mysqldump", Covers: []string{"database"}, Encrypted: No}}},
		{"a dump that is encrypted in the pipe", "pg_dumpall | gzip | age -r age1x > /backup/all.age", nil, []Job{{Program: "pg_dumpall", Covers: []string{"database"}, Encrypted: Yes}}},
		{"base64 is no encryption", "pg_dump x | openssl base64 > /backup/x", nil, []Job{{Program: "pg_dump", Covers: []string{"database"}, Encrypted: No}}},
		{"decryption is no encryption", "tar c /home | gpg -d > /x", nil, []Job{{Program: "tar", Covers: []string{"files"}, Encrypted: No}}},
		{"wrappers before it", "sudo nice -n 19 flock -n /run/lock rsync -a /srv/ host:/srv/", nil, []Job{{Program: "rsync", Covers: []string{"files"}, Encrypted: No, Offsite: Yes, Target: "host:/srv/"}}},
		{"borg, whose repository decides", "borg create ssh://u@h/./r::{now} /home", nil, []Job{{Program: "borg", Covers: []string{"files"}, Offsite: Yes, Target: "ssh://u@h/./r"}}},
		{"a script that it calls", "/usr/local/bin/backup >/dev/null 2>&1", map[string]string{"/usr/local/bin/backup": script}, []Job{
			{Program: "mysqldump", Covers: []string{"database"}, Encrypted: No, KeepDays: 30, File: "/usr/local/bin/backup", Line: 3},
			{Program: "rsync", Covers: []string{"files"}, Encrypted: No, Offsite: Yes, Target: "backup@nas.example.com:/srv/", KeepDays: 30, File: "/usr/local/bin/backup", Line: 4}}},
		{"a target that a variable decides", "rsync -a /home/ $TARGET", nil, []Job{{Program: "rsync", Covers: []string{"files"}, Encrypted: No, Target: expansion}}},
		{"the file of a password is not backed up", "restic -p /etc/restic/pw --exclude-file /etc/restic/not --one-file-system backup /srv", nil,
			[]Job{{Program: "restic", Covers: []string{"files"}, Encrypted: Yes}}},
		{"nor is what is written to", "tar czf /backup/etc.tgz /etc; rsync -a --delete /etc/ /backup/; borg create /backup/r::x /etc", nil, []Job{
			{Program: "tar", Covers: []string{"configuration"}, Encrypted: No},
			{Program: "rsync", Covers: []string{"configuration"}, Encrypted: No, Offsite: No, Target: "/backup/"},
			{Program: "borg", Covers: []string{"configuration"}, Offsite: No, Target: "/backup/r"}}},
		{"months reach further than days", "restic backup /srv; restic forget --keep-daily 7 --keep-monthly 12", nil, []Job{{Program: "restic", Covers: []string{"files"}, Encrypted: Yes}}},
		{"each program has its own removal", "mysqldump x; find /backup -mtime +7 -delete; restic backup /srv; restic forget --keep-daily 30", nil, []Job{
			{Program: "mysqldump", Covers: []string{"database"}, Encrypted: No, KeepDays: 7}, {Program: "restic", Covers: []string{"files"}, Encrypted: Yes, KeepDays: 30}}},
		{"unpacking is no backup", "tar --exclude=c -xzf /x; tar --directory /c -xf /x", nil, nil},
		{"a check is no backup", "restic -r /r check; borg list r::a; tar xf /x", nil, nil},
		{"Debian's copies of its package database", "/usr/libexec/dpkg/dpkg-db-backup", map[string]string{"/usr/libexec/dpkg/dpkg-db-backup": "#!/bin/sh\ntar -cf /var/backups/x /var/lib/dpkg\n"}, nil},
		{"no shell at all", "echo 'a", nil, nil},
	}
	for _, test := range tests {
		got := In(capture.MemoryOf(test.files), test.command, "/etc/cron.d/x", 5)
		for n := range test.want {
			if test.want[n].File == "" {
				test.want[n].File, test.want[n].Line = "/etc/cron.d/x", 5
			}
		}
		if diff := cmp.Diff(test.want, got.Jobs); diff != "" || got.Unread != nil {
			t.Errorf("%s: %s %v", test.name, diff, got.Unread)
		}
	}
}

func TestAScriptThatWasNotCollectedIsSaid(t *testing.T) {
	if got := In(capture.NewMemory("/etc"), "/srv/bin/backup.sh", "/etc/crontab", 1); !errors.Is(got.Unread, capture.ErrNotCollected) {
		t.Error(got)
	}
}

func FuzzIn(f *testing.F) {
	f.Add("restic -r s3:x backup /etc | gpg -c; /a b")
	f.Add("tar '' /; restic '' /")
	f.Add("if true; then tar c / | openssl enc; fi")
	f.Fuzz(func(t *testing.T, text string) {
		for _, j := range In(capture.MemoryOf(map[string]string{"/a": text}), text, "/f", 1).Jobs {
			if !recognised(j.Program) || j.KeepDays < 0 || j.File == "" {
				t.Errorf("%v", j)
			}
		}
	})
}
