package server

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/backup"
	"github.com/tomscan/tomscan/scanners/server/calls"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// backupJobs reads what a host backs up: by cron, by timers of systemd.
func backupJobs() reader {
	return reader{name: "backups", kinds: []evidence.Kind{"backup_job"}, read: func(h *host) {
		b := backups{h}
		plan := h.planned()
		for _, u := range plan.unread {
			b.hide(u.why, "backup_job")
		}
		for _, s := range plan.starts {
			b.found(s)
		}
	}}
}

// backups are those of one host while they are read.
type backups struct {
	*host
}

// found makes the facts of what a start backs up.
func (b backups) found(s start) {
	for _, job := range backup.In(s.calls) {
		if job.Copies && !b.isBackup(job, s) {
			b.hide(evidence.Because("backup_or_copy", "program", job.Program, "file", job.File, "line", itoa(job.Line)), "backup_job")
			continue
		}
		name := "backup/" + job.Program + job.File + ":" + itoa(job.Line)
		b.add(thing{name: name, at: []evidence.Position{b.line(job.File, job.Line, "")}}, b.resource(job, s))
	}
}

// isBackup says whether what a program copies is surely a backup: data of this host that goes to another one, or that somebody calls so.
func (b backups) isBackup(job backup.Job, s start) bool {
	away, known := b.offsite(job).Get()
	named := strings.Contains(strings.ToLower(job.Target+" "+job.File+" "+s.service+" "+s.at.File), "backup")
	return !job.Pulls && (known && away || named)
}

func (b backups) resource(job backup.Job, s start) evidence.BackupJob {
	at := b.line(job.File, job.Line, "")
	e := evidence.BackupJob{
		Program:          evidence.Known(job.Program).At(at),
		Covers:           evidence.Known(job.Covers).At(at),
		Encryption:       b.encrypted(job).At(at),
		Offsite:          b.offsite(job).At(at),
		Scheduled:        s.runs.At(s.at),
		IntervalHours:    s.hours().At(s.at),
		RetentionDays:    b.retention(job, s).At(at),
		LastSuccessHours: b.lastSuccess(s.service),
	}
	if len(job.Covers) == 0 {
		e.Covers = evidence.Unresolved[[]string](evidence.Because("backup_written_elsewhere", "program", job.Program)).At(at)
	}
	return e
}

// backedUp says whether a job of the host dumps a database with one of the programs made for its engine. Where none does, a copy of its
// files, or another host, still may.
func (h *host) backedUp(programs ...string) evidence.Value[bool] {
	plan := h.planned()
	off := evidence.Unresolved[bool](evidence.Because("database_backup_not_seen"))
	for _, s := range plan.starts {
		for _, job := range backup.In(s.calls) {
			if !slices.Contains(programs, job.Program) {
				continue
			}
			if on, known := s.runs.Get(); !known || on {
				return s.runs.At(s.at, h.line(job.File, job.Line, ""))
			}
			off = evidence.Known(false).At(s.at, h.line(job.File, job.Line, ""))
		}
	}
	if _, known := off.Get(); known && len(plan.unread) > 0 {
		return opened[bool](plan.unread[0])
	}
	return off
}

// hours are the longest between two runs, Never for what does not run by itself.
func (s start) hours() evidence.Value[int] {
	switch on, known := s.runs.Get(); {
	case !known:
		return opened[int](unread{s.runs.Why(), s.runs.State() == evidence.StateDenied})
	case !on:
		return evidence.Known(evidence.Never)
	}
	return evidence.Known(int((s.interval + time.Hour - 1) / time.Hour))
}

// retention is how far back the backups reach: as the program itself removes them, or as a job removes files that each run makes anew.
// Just after that job ran, the oldest file that it left may be younger than its age by the time between two backups.
func (b backups) retention(job backup.Job, s start) evidence.Value[int] {
	every, known := s.hours().Get()
	_, sure := b.placeOf(job.Target)
	switch {
	case job.KeepDays > 0:
		return evidence.Known(job.KeepDays)
	case job.Copies || !sure || !known || every == evidence.Never:
		return evidence.Unresolved[int](evidence.Because("backup_removal_not_seen"))
	case !strings.Contains(job.Target, calls.Expansion):
		return evidence.Unresolved[int](evidence.Because("backup_overwritten", "file", job.Target))
	case !strings.Contains(job.Target, calls.Stamp):
		return evidence.Unresolved[int](evidence.Because("backup_removal_not_seen"))
	}
	jobs, perhaps := b.removals().takes(job.Target)
	if perhaps != nil {
		return evidence.Unresolved[int](evidence.Because("backup_removed_by_job", "file", perhaps.File, "line", itoa(perhaps.Line))).At(b.line(perhaps.File, perhaps.Line, ""))
	}
	days := evidence.Unresolved[int](evidence.Because("backup_removal_not_seen"))
	for _, r := range jobs {
		reach := max(0, int((r.Age-s.interval)/(24*time.Hour)))
		if old, ok := days.Get(); !ok || reach < old {
			days = evidence.Known(reach).At(b.line(r.File, r.Line, ""))
		}
	}
	return days
}

// encrypted says how the backup is encrypted: with a key of the company's own, or not at all. The repositories of borg and pgbackrest,
// and the remotes of rclone, decide it themselves.
func (b backups) encrypted(job backup.Job) evidence.Value[string] {
	switch {
	case job.Encrypted == backup.Yes:
		return evidence.Known(evidence.EncryptionCustomerManaged)
	case job.Encrypted == backup.No && job.Offsite == backup.Yes:
		return evidence.Known(evidence.EncryptionNone)
	case job.Encrypted == backup.No:
		return b.below(job)
	case job.Program == "pgbackrest":
		return b.pgbackrest()
	}
	return evidence.Unresolved[string](evidence.Because("backup_written_elsewhere", "program", job.Program))
}

// below is a plain backup on a volume of the host: it is encrypted as the volume is.
func (b backups) below(job backup.Job) evidence.Value[string] {
	if place, ok := b.placeOf(job.Target); ok {
		return b.encryptionAt(place)
	}
	table := b.mountTable()
	if len(table.mounts) == 0 || len(table.hidden) > 0 || slices.ContainsFunc(table.mounts, mounted.mayEncrypt) {
		return evidence.Unresolved[string](evidence.Because("backup_written_elsewhere", "program", job.Program))
	}
	return evidence.Known(evidence.EncryptionNone) // wherever it is written
}

// placeOf is the path of a target on the host, as far as it is written; false where what is not written may lead to another volume.
func (b backups) placeOf(target string) (string, bool) {
	place, _, cut := strings.Cut(target, calls.Expansion)
	if !strings.HasPrefix(target, "/") || !cut {
		return target, strings.HasPrefix(target, "/")
	}
	return place, !slices.ContainsFunc(b.mountTable().mounts, func(m mounted) bool { return len(m.target) > len(place) && strings.HasPrefix(m.target, place) })
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
	case strings.HasPrefix(job.Target, "/") && b.below(job).Why().Code == "remote_file_system":
		return evidence.Known(true)
	case job.Offsite == backup.No:
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
