package server

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
				"program": "mysqldump", "retention_days": "unresolved backup_removal_not_seen", "scheduled": "true"}},
		{"restic by a timer, which ran", "backup/restic/etc/systemd/system/backup.service:2", map[string]string{
			"/etc/systemd/system/backup.timer":                     "[Timer]\nOnCalendar=*-*-* 00,12:00:00\n[Install]\nWantedBy=timers.target\n",
			"/etc/systemd/system/timers.target.wants/backup.timer": "",
			"/etc/systemd/system/backup.service":                   "[Service]\nExecStart=/usr/bin/restic -r s3:https://s3.example.com/x backup /srv /etc --keep-daily 30\n",
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
