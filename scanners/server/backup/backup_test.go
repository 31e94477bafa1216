package backup

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/calls"
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
		{"a dump that lies on the same disk", "mysqldump --all-databases > /backup/all.sql", nil, []Job{{Program: "mysqldump", Covers: []string{"database"}, Encrypted: No, Target: "/backup/all.sql"}}},
		{"a dump that is encrypted in the pipe", "pg_dumpall | gzip | age -r age1x > /backup/all.age", nil, []Job{{Program: "pg_dumpall", Covers: []string{"database"}, Encrypted: Yes, Target: "/backup/all.age"}}},
		{"base64 is no encryption", "pg_dump x | openssl base64 > /backup/x", nil, []Job{{Program: "pg_dump", Covers: []string{"database"}, Encrypted: No, Target: "/backup/x"}}},
		{"decryption is no encryption", "tar c /home | gpg -d > /x", nil, []Job{{Program: "tar", Covers: []string{"files"}, Encrypted: No, Target: "/x"}}},
		{"wrappers before it", "sudo nice -n 19 flock -n /run/lock rsync -a /srv/ host:/srv/", nil, []Job{{Program: "rsync", Covers: []string{"files"}, Encrypted: No, Offsite: Yes, Target: "host:/srv/", Copies: true}}},
		{"borg, whose repository decides", "borg create ssh://u@h/./r::{now} /home", nil, []Job{{Program: "borg", Covers: []string{"files"}, Offsite: Yes, Target: "ssh://u@h/./r"}}},
		{"a script that it calls", "/usr/local/bin/backup >/dev/null 2>&1", map[string]string{"/usr/local/bin/backup": script}, []Job{
			{Program: "mysqldump", Covers: []string{"database"}, Encrypted: No, Target: "/backup/all.sql.gz", File: "/usr/local/bin/backup", Line: 3},
			{Program: "rsync", Covers: []string{"files"}, Encrypted: No, Offsite: Yes, Target: "backup@nas.example.com:/srv/", Copies: true, File: "/usr/local/bin/backup", Line: 4}}},
		{"a target that a variable decides", "rsync -a /home/ $TARGET", nil, []Job{{Program: "rsync", Covers: []string{"files"}, Encrypted: No, Target: calls.Expansion, Copies: true}}},
		{"the file of a password is not backed up", "restic -p /etc/restic/pw --exclude-file /etc/restic/not --one-file-system backup /srv", nil,
			[]Job{{Program: "restic", Covers: []string{"files"}, Encrypted: Yes}}},
		{"nor is what is written to", "tar czf /backup/etc.tgz /etc; rsync -a --delete /etc/ /backup/; borg create /backup/r::x /etc", nil, []Job{
			{Program: "tar", Covers: []string{"configuration"}, Encrypted: No, Target: "/backup/etc.tgz"},
			{Program: "rsync", Covers: []string{"configuration"}, Encrypted: No, Offsite: No, Target: "/backup/", Copies: true},
			{Program: "borg", Covers: []string{"configuration"}, Offsite: No, Target: "/backup/r"}}},
		{"months reach further than days", "restic backup /srv; restic forget --keep-daily 7 --keep-monthly 12", nil, []Job{{Program: "restic", Covers: []string{"files"}, Encrypted: Yes}}},
		{"each program has its own removal", "mysqldump x > /b; find / -mtime +7 -delete; restic -r /r backup /srv; restic -r /r forget --keep-daily 30", nil, []Job{
			{Program: "mysqldump", Covers: []string{"database"}, Encrypted: No, Target: "/b"}, {Program: "restic", Covers: []string{"files"}, Encrypted: Yes, Offsite: No, Target: "/r", KeepDays: 30}}},
		{"another repository is not its own", "restic -r /a backup /srv; restic -r /b forget --keep-daily 30; borg create /c::x /srv; borg prune --keep-daily 9 /d", nil, []Job{
			{Program: "restic", Covers: []string{"files"}, Encrypted: Yes, Offsite: No, Target: "/a"}, {Program: "borg", Covers: []string{"files"}, Offsite: No, Target: "/c"}}},
		{"borg's repository by its name", "borg create /c::x /srv; borg prune --keep-daily 9 /c", nil, []Job{{Program: "borg", Covers: []string{"files"}, Offsite: No, Target: "/c", KeepDays: 9}}},
		{"keep without forget", "restic backup /srv --keep-daily 9", nil, []Job{{Program: "restic", Covers: []string{"files"}, Encrypted: Yes}}},
		{"what is fetched", "rsync -a host:/srv/ /srv/; rclone copy s3:x /srv/x", nil, []Job{
			{Program: "rsync", Encrypted: No, Offsite: No, Target: "/srv/", Copies: true, Pulls: true}, {Program: "rclone", Offsite: No, Target: "/srv/x", Copies: true, Pulls: true}}},
		{"a dump of the day", "mysqldump x | gzip > /b/$(date +%F).gz; pg_dump -f /b/x y; pg_basebackup -D /b/z; tar c /srv | ssh h 'cat > x'", nil, []Job{
			{Program: "mysqldump", Covers: []string{"database"}, Encrypted: No, Target: "/b/" + calls.Stamp + ".gz"}, {Program: "pg_dump", Covers: []string{"database"}, Encrypted: No, Target: "/b/x"},
			{Program: "pg_basebackup", Covers: []string{"database"}, Encrypted: No, Target: "/b/z"}, {Program: "tar", Covers: []string{"files"}, Encrypted: No, Offsite: Yes}}},
		{"a dump that restic keeps", "pg_dumpall | gzip | restic -r sftp:h:/r backup --stdin; restic -r sftp:h:/r forget --keep-daily 30; restic -r /x forget --keep-daily 90", nil,
			[]Job{{Program: "pg_dumpall", Keeper: "restic", Covers: []string{"database"}, Encrypted: Yes, Offsite: Yes, Target: "sftp:h:/r", KeepDays: 30}}},
		{"what restic gets from a program that is not known", "cat /srv/x | restic -r /r backup --stdin", nil, []Job{{Program: "restic", Encrypted: Yes, Offsite: No, Target: "/r"}}},
		{"unpacking is no backup", "tar --exclude=c -xzf /x; tar --directory /c -xf /x", nil, nil},
		{"a check is no backup", "restic -r /r check; borg list r::a; tar xf /x", nil, nil},
		{"Debian's copies of its package database", "/usr/libexec/dpkg/dpkg-db-backup", map[string]string{"/usr/libexec/dpkg/dpkg-db-backup": "#!/bin/sh\ntar -cf /var/backups/x /var/lib/dpkg\n"}, nil},
		{"no shell at all", "echo 'a", nil, nil},
	}
	for _, test := range tests {
		got := In(calls.In(capture.MemoryOf(test.files), test.command, "/etc/cron.d/x", 5, Known).Calls)
		for n := range test.want {
			if test.want[n].File == "" {
				test.want[n].File, test.want[n].Line = "/etc/cron.d/x", 5
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func FuzzIn(f *testing.F) {
	f.Add("restic -r s3:x backup /etc | gpg -c; /a b")
	f.Add("tar '' /; restic '' /")
	f.Add("if true; then tar c / | openssl enc; fi")
	f.Fuzz(func(t *testing.T, text string) {
		for _, j := range In(calls.In(capture.MemoryOf(map[string]string{"/a": text}), text, "/f", 1, Known).Calls) {
			if !recognised(j.Program) || j.KeepDays < 0 || j.File == "" {
				t.Errorf("%v", j)
			}
		}
	})
}
