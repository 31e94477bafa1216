package server

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/backup"
	"github.com/tomscan/tomscan/scanners/server/cron"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// backupJobs reads what a host backs up: by cron, by timers of systemd.
func backupJobs() reader {
	return reader{name: "backups", kinds: []evidence.Kind{"backup_job"}, read: func(h *host) {
		b := backups{host: h, names: map[string]int{}}
		b.ofCron()
		b.ofTimers()
	}}
}

// backups are those of one host while they are read.
type backups struct {
	*host
	names map[string]int // how often a job has a name
}

// run is what starts a job, and how often.
type run struct {
	interval  time.Duration
	repeats   bool
	scheduled bool // what starts it runs itself
	at        evidence.Position
	service   string // unit that it is, empty for cron
}

// ofCron reads the tables of cron.
func (b backups) ofCron() {
	table := cron.Jobs(b.Capture, b.At)
	for _, u := range table.Unread {
		b.hide(why(u.Path, u.Err), "backup_job")
	}
	running := b.cronRuns()
	for _, job := range table.Jobs {
		r := run{job.Interval, job.Repeats, running, b.line(job.File, job.Line, ""), ""}
		b.found(backup.In(b, job.Command, job.File, job.Line), r)
	}
}

// ofTimers reads the services that timers start.
func (b backups) ofTimers() {
	units := systemd.Of(b.Capture)
	names, err := units.Timers()
	if err != nil {
		b.hide(why("/etc/systemd/system", err), "backup_job")
		return
	}
	for _, name := range names {
		timer, err := units.Timer(name, b.At)
		if err != nil {
			continue
		}
		service, err := units.Unit(timer.Activates)
		if err != nil {
			continue
		}
		enabled, err := units.Enabled(name)
		r := run{timer.Interval, timer.Repeats, err == nil && enabled.Starts && b.systemdRuns(), b.line(firstOf(timer.Files, name), 0, ""), timer.Activates}
		for _, start := range service.List("Service", "ExecStart") {
			b.found(backup.In(b, strings.TrimLeft(start.Value, "@-:+!"), start.File, start.Line), r)
		}
	}
}

func firstOf(files []string, name string) string {
	if len(files) == 0 {
		return name
	}
	return files[0]
}

// found makes the facts of what a command backs up.
func (b backups) found(f backup.Found, r run) {
	if f.Unread != nil {
		b.hide(why("a script that "+r.at.File+" calls", f.Unread), "backup_job")
	}
	for _, job := range f.Jobs {
		name := "backup/" + job.Program + job.File + ":" + itoa(job.Line)
		if b.names[name]++; b.names[name] > 1 {
			name += fmt.Sprintf("#%d", b.names[name])
		}
		b.add(thing{name: name, at: []evidence.Position{b.line(job.File, job.Line, "")}}, b.resource(job, r))
	}
}

func (b backups) resource(job backup.Job, r run) evidence.BackupJob {
	at := b.line(job.File, job.Line, "")
	e := evidence.BackupJob{
		Program:          evidence.Known(job.Program).At(at),
		Covers:           evidence.Known(job.Covers).At(at),
		Encryption:       b.encrypted(job).At(at),
		Offsite:          b.offsite(job).At(at),
		Scheduled:        evidence.Known(r.scheduled && r.repeats).At(r.at),
		IntervalHours:    evidence.Known(evidence.Never).At(r.at),
		RetentionDays:    evidence.Unresolved[int](evidence.Because("backup_removal_not_seen")).At(at),
		LastSuccessHours: b.lastSuccess(r.service),
	}
	if len(job.Covers) == 0 {
		e.Covers = evidence.Unresolved[[]string](evidence.Because("backup_written_elsewhere", "program", job.Program)).At(at)
	}
	if r.scheduled && r.repeats {
		e.IntervalHours = evidence.Known(int((r.interval + time.Hour - 1) / time.Hour)).At(r.at)
	}
	if job.KeepDays > 0 {
		e.RetentionDays = evidence.Known(job.KeepDays).At(at)
	}
	return e
}

// encrypted says how the backup is encrypted: with a key of the company's own, or not at all. The repositories of borg and pgbackrest,
// and the remotes of rclone, decide it themselves.
func (b backups) encrypted(job backup.Job) evidence.Value[string] {
	switch {
	case job.Encrypted == backup.Yes:
		return evidence.Known(evidence.EncryptionCustomerManaged)
	case job.Encrypted == backup.No && job.Offsite != backup.No && !b.writesHere(job):
		return evidence.Known(evidence.EncryptionNone)
	case job.Encrypted == backup.No:
		return b.below(job)
	case job.Program == "pgbackrest":
		return b.pgbackrest()
	}
	return evidence.Unresolved[string](evidence.Because("backup_written_elsewhere", "program", job.Program))
}

// writesHere says whether a program writes to the host's own disks when no target is written.
func (b backups) writesHere(job backup.Job) bool { return job.Target == "" && job.Program != "rsync" }

// below is a plain backup on a volume of the host: it is encrypted as the volume is.
func (b backups) below(job backup.Job) evidence.Value[string] {
	if strings.HasPrefix(job.Target, "/") {
		return b.encryptionAt(job.Target)
	}
	table := b.mountTable()
	if len(table.mounts) == 0 || len(table.hidden) > 0 || slices.ContainsFunc(table.mounts, mounted.mayEncrypt) {
		return evidence.Unresolved[string](evidence.Because("backup_written_elsewhere", "program", job.Program))
	}
	return evidence.Known(evidence.EncryptionNone) // wherever it is written
}

// mayEncrypt says whether what is written there may be encrypted.
func (m mounted) mayEncrypt() bool {
	return m.target != swap && !unencrypted(m.encryption)
}

// offsite says whether the target is another machine. A path may be a share that is mounted from one.
func (b backups) offsite(job backup.Job) evidence.Value[bool] {
	switch {
	case job.Offsite == backup.Yes:
		return evidence.Known(true)
	case job.Offsite == backup.No:
		if v := b.encryptionAt(job.Target); v.Why().Code == "remote_file_system" {
			return evidence.Known(true)
		}
		return evidence.Known(false)
	}
	return evidence.Unresolved[bool](evidence.Because("backup_written_elsewhere", "program", job.Program))
}

// pgbackrest reads whether all repositories are encrypted; the default is none.
// https://pgbackrest.org/configuration.html#section-repository/option-repo-cipher-type
func (b backups) pgbackrest() evidence.Value[string] {
	for _, file := range []string{"/etc/pgbackrest/pgbackrest.conf", "/etc/pgbackrest.conf"} {
		text, err := b.Read(file)
		if err != nil {
			continue
		}
		repositories, ciphers := map[string]bool{}, map[string]bool{}
		for line := range strings.Lines(string(text)) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			number, option, ok := strings.Cut(strings.TrimPrefix(key, "repo"), "-")
			if !ok || !strings.HasPrefix(key, "repo") {
				continue
			}
			repositories[number] = true
			if option == "cipher-type" && value == "aes-256-cbc" {
				ciphers[number] = true
			}
		}
		if len(repositories) > 0 && len(ciphers) == len(repositories) {
			return evidence.Known(evidence.EncryptionCustomerManaged).At(b.line(file, 0, ""))
		}
		return evidence.Known(evidence.EncryptionNone).At(b.line(file, 0, ""))
	}
	return evidence.Unresolved[string](evidence.Because("backup_written_elsewhere", "program", "pgbackrest"))
}

// lastSuccess is when a service last ended well, as the service manager tells. What cron ran nobody keeps.
func (b backups) lastSuccess(service string) evidence.Value[int] {
	if service == "" {
		return evidence.Unresolved[int](evidence.Because("backup_history_not_kept"))
	}
	p, ok := systemd.Of(b.Capture).Properties(service)
	ended, err := strconv.ParseInt(strings.TrimPrefix(p["ExecMainExitTimestamp"], "@"), 10, 64)
	at := b.said("systemctl-show")
	switch {
	case !ok:
		return evidence.Unresolved[int](evidence.Because("host_not_collected", "what", "systemctl show "+service))
	case p["ExecMainExitTimestamp"] == "" || err == nil && ended == 0:
		return evidence.Unresolved[int](evidence.Because("backup_history_not_kept")).At(at) // since the host started
	case err != nil:
		return evidence.Unresolved[int](evidence.Because("host_not_understood", "what", "ExecMainExitTimestamp")).At(at)
	case p["Result"] != "success" || p["ExecMainStatus"] != "0":
		return evidence.Known(evidence.Never).At(at)
	}
	return evidence.Known(max(0, int(b.At.Sub(time.Unix(ended, 0))/time.Hour))).At(at)
}
