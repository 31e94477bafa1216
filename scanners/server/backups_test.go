package server

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestBackupJobs(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	ran := "Id=backup.service\nResult=success\nExecMainStatus=0\nExecMainExitTimestamp=@1795251600\n"
	tests := []struct {
		name, address string
		files         map[string]string
		show          string
		want          map[string]string
	}{
		{"a dump of cron, plain on the host's disk", "backup/mysqldump/etc/cron.d/dump:1", map[string]string{"/etc/cron.d/dump": "0 3 * * * root mysqldump --all-databases > /backup/all.sql\n"}, "",
			map[string]string{"covers": "[database]", "encryption": "none", "interval_hours": "24", "last_success_hours": "unresolved backup_history_not_kept", "offsite": "unresolved backup_written_elsewhere",
				"program": "mysqldump", "retention_days": "unresolved backup_overwritten", "scheduled": "true"}},
		{"restic by a timer, which ran", "backup/restic/etc/systemd/system/backup.service:2", map[string]string{
			"/etc/systemd/system/backup.timer":                     "[Timer]\nOnCalendar=*-*-* 00,12:00:00\n[Install]\nWantedBy=timers.target\n",
			"/etc/systemd/system/timers.target.wants/backup.timer": "",
			"/etc/systemd/system/backup.service":                   "[Service]\nExecStart=/usr/bin/restic -r s3:https://s3.example.com/x backup /srv /etc\nExecStart=/usr/bin/restic -r s3:https://s3.example.com/x forget --keep-daily 30\n",
		}, ran, map[string]string{"covers": "[configuration files]", "encryption": "customer-managed", "interval_hours": "12", "last_success_hours": "3", "offsite": "true",
			"program": "restic", "retention_days": "30", "scheduled": "true"}},
		{"a timer that nobody starts, and that failed", "backup/restic/etc/systemd/system/backup.service:2", map[string]string{
			"/etc/systemd/system/backup.timer":   "[Timer]\nOnCalendar=daily\n",
			"/etc/systemd/system/backup.service": "[Service]\nExecStart=restic -r /mnt/usb backup /srv\n",
		}, "Id=backup.service\nResult=exit-code\nExecMainStatus=1\nExecMainExitTimestamp=@1795251600\n", map[string]string{"covers": "[files]", "encryption": "customer-managed",
			"interval_hours": "2147483647", "last_success_hours": "2147483647", "offsite": "false", "program": "restic", "retention_days": "unresolved backup_removal_not_seen", "scheduled": "false"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := capture.MemoryOf(test.files)
			if _, ok := test.files["/etc/systemd/system/timers.target.wants/backup.timer"]; ok {
				m.AddLink("/etc/systemd/system/timers.target.wants/backup.timer", "/etc/systemd/system/backup.timer")
			}
			commands := map[string]capture.Command{
				"ps": output("1 0 900 systemd systemd\n20 1 900 cron cron\n"), "systemctl-show": output(test.show),
				"lsblk": output(`{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","fstype":"ext4","mountpoint":"/"}]}`), "findmnt": output(`{}`), "virt": {Exit: 1, Out: []byte("none\n")},
			}
			c := capture.Taken(capture.Capture{Live: true, Root: true, At: at}, m, commands)
			if diff := cmp.Diff(test.want, settingsOf(backupJobs(), c, test.address)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// backupHost is a host with one disk, on which these files are cron's or systemd's.
func backupHost(files map[string]string) *capture.Capture {
	commands := map[string]capture.Command{
		"ps": output("1 0 900 systemd systemd\n20 1 900 cron cron\n"), "virt": {Exit: 1, Out: []byte("none\n")},
		"lsblk":   output(`{"blockdevices":[{"name":"sda","kname":"sda","type":"disk","fstype":"ext4","mountpoint":"/"},{"name":"sdb","kname":"sdb","type":"disk","fstype":"ext4","mountpoint":"/srv/b"}]}`),
		"findmnt": output(`{"filesystems":[{"target":"/mnt/nas","source":"nas:/x","fstype":"nfs4"}]}`),
	}
	return capture.Taken(capture.Capture{Live: true, Root: true}, capture.MemoryOf(files), commands)
}

func TestHowFarBackupsReach(t *testing.T) {
	t.Parallel()
	const daily, dump = "1 3 * * * root ", "mysqldump x > /backup/x-$(date +\\%F).sql"
	tests := map[string]struct{ table, want string }{
		"a job removes by the age":            {daily + dump + "\n" + daily + "find /backup -name '*.sql' -mtime +30 -delete\n", "30"},
		"the shorter of two jobs":             {daily + dump + "\n" + daily + "find /backup -mtime +30 -delete; find / -mtime +9 -delete\n", "9"},
		"backups are a week apart":            {"1 3 * * 0 root " + dump + "\n" + daily + "find /backup -mtime +30 -delete\n", "24"},
		"a job for another directory":         {daily + dump + "\n" + daily + "find /srv -mtime +30 -delete\n", "unresolved backup_removal_not_seen"},
		"a job for other names":               {daily + dump + "\n" + daily + "find /backup -name '*.gz' -mtime +30 -delete\n", "unresolved backup_removal_not_seen"},
		"a job that is not understood":        {daily + dump + "\n" + daily + "find /backup -atime +30 -delete\n", "unresolved backup_removed_by_job"},
		"each run overwrites the last":        {daily + "mysqldump x > /backup/x.sql\n" + daily + "find /backup -mtime +30 -delete\n", "unresolved backup_overwritten"},
		"each week overwrites the last":       {daily + "mysqldump x > /backup/x-$(date +\\%a).sql\n" + daily + "find /backup -mtime +30 -delete\n", "unresolved backup_removal_not_seen"},
		"a directory that is not decided":     {daily + "mysqldump x > /$X/x-$(date +\\%F).sql\n" + daily + "find / -mtime +30 -delete\n", "unresolved backup_removal_not_seen"},
		"the copy elsewhere is not looked at": {daily + "rsync -a /srv/ nas:/backup/; find /srv -mtime +30 -delete\n", "unresolved backup_removal_not_seen"},
	}
	for name, tt := range tests {
		h := &host{Capture: backupHost(map[string]string{"/etc/crontab": tt.table}), found: map[evidence.Kind]int{}}
		backupJobs().read(h)
		if len(h.facts) != 1 {
			t.Errorf("%s: %d facts", name, len(h.facts))
			continue
		}
		f := h.facts[0]
		if got := settingsOf(backupJobs(), h.Capture, f.Address)["retention_days"]; got != tt.want || f.Source.Level != evidence.LevelImplementation {
			t.Errorf("%s: got %s at level %s, want %s", name, got, f.Source.Level, tt.want)
		}
	}
}

// TestWhoBacksUpADatabase knows the programs of its engine only: a backup of something else says nothing of it.
func TestWhoBacksUpADatabase(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ table, want string }{
		"a dump":                      {"1 3 * * * root mysqldump --all-databases > /backup/x.sql\n", "true"},
		"only once":                   {"@reboot root mysqldump --all-databases > /backup/x.sql\n", "false"},
		"once, and again and again":   {"@reboot root mysqldump x > /backup/x.sql\n1 3 * * * root mariadb-dump x > /backup/y.sql\n", "true"},
		"a dump of another engine":    {"1 3 * * * root pg_dumpall > /backup/x.sql\n", "unresolved database_backup_not_seen"},
		"files alone":                 {"1 3 * * * root restic -r sftp:nas:/r backup /etc /srv\n", "unresolved database_backup_not_seen"},
		"a copy of a running one":     {"1 3 * * * root rsync -a /var/lib/mysql/ nas:/backup/\n", "unresolved database_backup_not_seen"},
		"nothing that runs by itself": {"", "unresolved database_backup_not_seen"},
	}
	for name, tt := range tests {
		h := &host{Capture: backupHost(map[string]string{"/etc/crontab": tt.table, "/etc/mysql/my.cnf": "[mysqld]\n"}), found: map[evidence.Kind]int{}}
		value := h.backedUp("mariadb-dump", "mysqldump")
		on, known := value.Get()
		got := strconv.FormatBool(on)
		if !known {
			got = "unresolved " + value.Why().Code
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestWhatIsCopiedAndMayBeABackup(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ command, file, offsite, gap string }{
		"to another host":                {"rsync -a /srv/ nas:/srv/", "sync", "true", ""},
		"to a share of another host":     {"rsync -a /srv/ /mnt/nas/", "sync", "true", ""},
		"to a directory of that name":    {"rsync -a /srv/ /var/backups/", "sync", "false", ""},
		"by a file of that name":         {"rsync -a /srv/ /copy/", "backup", "false", ""},
		"to another directory":           {"rsync -a /srv/build/ /var/www/", "sync", "", "backup_or_copy"},
		"to where a variable decides":    {"rsync -a /srv/ $TARGET", "sync", "", "backup_or_copy"},
		"what is another host's":         {"rsync -a mirror.example.com:/x /srv/backup/", "sync", "", "backup_or_copy"},
		"to a remote of rclone":          {"rclone sync /srv remote:x", "sync", "true", ""},
		"an archive, whatever its place": {"tar czf /x.tgz /srv", "sync", "unresolved backup_written_elsewhere", ""},
		"no copy":                        {"true", "sync", "", ""},
	}
	for name, tt := range tests {
		h := &host{Capture: backupHost(map[string]string{"/etc/cron.d/" + tt.file: "1 3 * * * root " + tt.command + "\n"}), found: map[evidence.Kind]int{}}
		backupJobs().read(h)
		got := ""
		for _, f := range h.facts {
			got = settingsOf(backupJobs(), h.Capture, f.Address)["offsite"]
		}
		if got != tt.offsite || firstCode(h.gaps) != tt.gap {
			t.Errorf("%s: offsite %q, gap %q", name, got, firstCode(h.gaps))
		}
	}
}

func TestRestoreTests(t *testing.T) {
	files := map[string]string{
		"/var/log/restore-tests/2026-11-01.json": `{"began":"2026-11-01T10:00:00Z","ended":"2026-11-01T13:30:00Z","of":"database","result":"completed","compared":"row counts","matches":true}`,
		"/var/log/restore-tests/failed.json":     `{"ended":"2026-11-20T13:30:00Z","result":"failed"}`,
		"/var/log/restore-tests/later.json":      `{"ended":"2062-11-20T13:30:00Z","result":"completed"}`,
		"/var/log/restore-tests/notes.txt":       `x`,
	}
	c := capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(files), nil)
	want := map[string]string{"age_days": "19", "completed": "true", "duration_hours": "3", "region": "unresolved location_not_observable", "restores": "database", "validated": "validated"}
	if diff := cmp.Diff(want, settingsOf(restoreTests(), c, "restore/2026-11-01.json")); diff != "" {
		t.Error(diff)
	}
	if got := settingsOf(restoreTests(), c, "restore/later.json"); len(got) != 0 {
		t.Errorf("a record of the future: %v", got)
	}
	want = map[string]string{"age_days": "0", "completed": "false", "duration_hours": "unresolved host_not_understood", "region": "unresolved location_not_observable", "restores": "other", "validated": "not-validated"}
	if diff := cmp.Diff(want, settingsOf(restoreTests(), c, "restore/failed.json")); diff != "" {
		t.Error(diff)
	}
}
