package backup

import (
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/calls"
)

// Answer is yes, no, or not known.
type Answer int

// The answers. The zero Answer is not known.
const (
	Unknown Answer = iota
	No
	Yes
)

// Job is one backup that a command makes.
type Job struct {
	Program   string
	Keeper    string   // the program that keeps what it writes, where that is another
	Covers    []string // database, files, configuration; sorted
	Encrypted Answer
	Offsite   Answer // its target is another machine or a service
	Target    string // as far as it is written
	KeepDays  int    // how far back its backups reach, as the program itself removes them; 0 where that is not told
	Copies    bool   // the program copies for any purpose: that it is a backup must be told by something else
	Pulls     bool   // what it copies is another machine's
	File      string
	Line      int
}

// Programs that only dump or copy: what they write is encrypted only where another program in the pipe does it.
var dumps = []string{"mariabackup", "mariadb-backup", "mariadb-dump", "mysqldump", "pg_basebackup", "pg_dump", "pg_dumpall", "xtrabackup"}

// copies may copy anything for any purpose: to publish a site, to mirror another.
var copies = []string{"rclone", "rsync"}

// plain copy files as they are. https://rsync.samba.org/ https://rsnapshot.org/
var plain = []string{"rdiff-backup", "rsnapshot", "rsync", "tar"}

// always encrypt: there is no repository of theirs without a key.
// https://restic.readthedocs.io/en/stable/100_references.html https://kopia.io/docs/advanced/encryption/
var always = []string{"kopia", "restic"}

// recognised lists all programs.
func recognised(program string) bool {
	others := []string{"borg", "borgmatic", "duplicity", "pgbackrest", "rclone"}
	return slices.Contains(dumps, program) || slices.Contains(plain, program) || slices.Contains(always, program) || slices.Contains(others, program)
}

// packageDatabase is a script of Debian that keeps copies of dpkg's own database, beside it: no backup of anybody's data.
const packageDatabase = "/usr/libexec/dpkg/dpkg-db-backup"

// Known says whether a program is known for what it does, so that nobody has to read it.
func Known(program string) bool { return recognised(path.Base(program)) || program == packageDatabase }

// In returns the backups among calls.
func In(all []calls.Call) []Job {
	var named []call
	for _, told := range all {
		if recognised(told.Program) {
			named = append(named, of(told))
		}
	}
	var jobs []Job
	for _, c := range named {
		if c.makes(c.Program) && !c.stores(named) {
			jobs = append(jobs, c.job(c.Program))
		}
	}
	for n := range jobs {
		for _, c := range named {
			jobs[n].KeepDays = max(jobs[n].KeepDays, c.keeps(jobs[n]))
		}
	}
	return jobs
}

// call is a call with its program as the first word.
type call struct {
	calls.Call
	words []string
}

func of(c calls.Call) call { return call{c, append([]string{c.Program}, c.Words...)} }

func (c call) has(words ...string) bool { return c.Has(words...) }

// value returns the value of an option, as `--keep 3` or `--keep=3`.
func (c call) value(names ...string) string {
	for n, w := range c.words {
		for _, name := range names {
			if after, ok := strings.CutPrefix(w, name+"="); ok {
				return after
			}
			if w == name && n+1 < len(c.words) {
				return c.words[n+1]
			}
		}
	}
	return ""
}

// makes says whether the call makes a backup, rather than lists, prunes, checks or restores one.
func (c call) makes(program string) bool {
	switch program {
	case "restic", "pgbackrest", "duplicity":
		return c.has("backup", "full", "incr", "incremental") || program == "duplicity" && !c.has("restore", "verify", "cleanup", "remove-older-than", "collection-status", "list-current-files")
	case "borg":
		return c.has("create")
	case "borgmatic":
		return !c.has("list", "info", "check", "extract", "restore", "rlist", "rinfo", "prune", "compact") || c.has("create")
	case "kopia":
		return c.has("snapshot") && c.has("create")
	case "rclone":
		return c.has("copy", "sync", "copyto")
	case "rsnapshot":
		return len(c.words) > 1 && !c.has("configtest", "du", "diff")
	case "tar":
		return slices.ContainsFunc(c.Words, func(w string) bool {
			return w == "--create" || (w == c.words[1] || strings.HasPrefix(w, "-")) && !strings.HasPrefix(w, "--") && strings.Contains(w, "c") && !strings.ContainsAny(w, "tx/.")
		})
	}
	return true
}

// job is the backup that the call makes.
func (c call) job(program string) Job {
	j := Job{Program: program, Covers: c.covers(program), Target: c.target(program), Copies: slices.Contains(copies, program), Pulls: c.pulls(program), File: c.File, Line: c.Line}
	switch {
	case slices.Contains(always, program) || program == "duplicity" && !c.has("--no-encryption"):
		j.Encrypted = Yes
	case slices.ContainsFunc(c.Piped, encrypts):
		j.Encrypted = Yes
	case slices.Contains(dumps, program) || slices.Contains(plain, program) || program == "duplicity":
		j.Encrypted = No
	}
	switch keeper, ok := c.keeper(); {
	case ok:
		j.Keeper, j.Target = keeper.Program, keeper.target(keeper.Program)
		j.Offsite = elsewhere(j.Target)
	case slices.ContainsFunc(c.Piped, sends):
		j.Offsite = Yes
	case program != "tar" && !slices.Contains(dumps, program): // what lies on the host may be fetched from there
		j.Offsite = elsewhere(j.Target)
	}
	return j
}

// keeper is the program of a pipe that takes what it gets for a backup, as `pg_dumpall | restic backup --stdin`.
// https://restic.readthedocs.io/en/stable/040_backup.html#reading-data-from-stdin
func (c call) keeper() (call, bool) {
	for _, told := range c.Piped {
		if p := of(told); p.Program == "restic" && p.has("--stdin") && p.makes(p.Program) {
			return p, true
		}
	}
	return call{}, false
}

// stores says whether the call is the keeper of another one's backup.
func (c call) stores(named []call) bool {
	return c.has("--stdin") && slices.ContainsFunc(named, func(o call) bool {
		keeper, ok := o.keeper()
		return ok && keeper.File == c.File && keeper.Line == c.Line
	})
}

// encrypts says whether a stage of a pipe is a program that encrypts.
func encrypts(c calls.Call) bool {
	switch c.Program {
	case "age":
		return !c.Has("-d", "--decrypt")
	case "gpg", "gpg2":
		return c.Has("-c", "-e", "--encrypt", "--symmetric", "-er", "-ce")
	case "openssl":
		return c.Has("enc", "cms", "smime", "aes-256-cbc") && !c.Has("-d", "-base64", "-none")
	case "restic", "kopia":
		return true
	}
	return false
}

// sends says whether a stage of a pipe hands on what it gets to another machine.
func sends(c calls.Call) bool {
	return c.Program == "ssh" || c.Program == "rclone" && c.Has("rcat") || c.Program == "aws" && c.Has("s3") || c.Program == "gsutil"
}

// pulls says whether a program fetches what it copies from another machine, so that it is none of this host's data.
func (c call) pulls(program string) bool {
	if !slices.Contains(copies, program) {
		return false
	}
	return slices.ContainsFunc(c.Words[:max(0, len(c.Words)-1)], func(w string) bool {
		return !strings.HasPrefix(w, "-") && !strings.HasPrefix(w, "/") && strings.Contains(w, ":")
	})
}

// covers says what is backed up, by the program or by the paths that it is given.
func (c call) covers(program string) []string {
	if slices.Contains(dumps, program) || program == "pgbackrest" {
		return []string{"database"}
	}
	var all []string
	target := c.target(program)
	for n, w := range c.Words {
		switch {
		case !strings.HasPrefix(w, "/") || w == target || strings.Contains(w, "::") || takesValue(program, c.words[n]):
		case w == "/etc" || strings.HasPrefix(w, "/etc/") && !strings.Contains(w, "exclude"):
			all = append(all, "configuration")
		case strings.HasPrefix(w, "/var/lib/mysql") || strings.HasPrefix(w, "/var/lib/postgresql") || strings.HasPrefix(w, "/var/lib/pgsql"):
			all = append(all, "database")
		case w == "/":
			all = append(all, "configuration", "files")
		default:
			all = append(all, "files")
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// switches are long options without a value, which a path may follow.
var switches = []string{"--acls", "--archive", "--compress", "--create", "--delete", "--gzip", "--hard-links", "--json", "--no-scan", "--numeric-ids", "--one-file-system",
	"--partial", "--progress", "--quiet", "--recursive", "--relative", "--stats", "--verbose", "--xattrs", "--zstd"}

// takesValue says whether the word after an option is its value, such as a file of a password or of exclusions: that is not backed up. An
// unknown long option may take one.
func takesValue(program, option string) bool {
	if strings.HasPrefix(option, "--") {
		return !strings.Contains(option, "=") && !slices.Contains(switches, option)
	}
	switch program {
	case "restic":
		return slices.Contains([]string{"-e", "-f", "-o", "-p", "-r"}, option)
	case "borg":
		return slices.Contains([]string{"-C", "-e"}, option)
	case "tar": // the last of several letters, with or without a dash: tar czf FILE
		return option != "tar" && !strings.Contains(option, "/") && strings.LastIndexAny(option, "CTXfg") == len(option)-1 && option != ""
	}
	return slices.Contains([]string{"-e", "-T"}, option)
}

// target is where the backup goes.
func (c call) target(program string) string {
	switch program {
	case "restic":
		return c.value("-r", "--repo")
	case "borg":
		for _, w := range c.words {
			if repo, _, ok := strings.Cut(w, "::"); ok && repo != "" {
				return repo
			}
		}
		return ""
	case "rsync", "rdiff-backup", "rclone", "duplicity":
		return c.words[len(c.words)-1]
	case "tar":
		return c.archive()
	case "pg_basebackup":
		return c.first(c.value("-D", "--pgdata"))
	case "mariabackup", "mariadb-backup", "xtrabackup":
		return c.first(c.value("--target-dir"))
	case "pg_dump", "pg_dumpall":
		return c.first(c.value("-f", "--file"))
	case "mariadb-dump", "mysqldump":
		return c.first(c.value("-r", "--result-file"))
	}
	return ""
}

// first is a file that an option names, or else the one that the shell writes to.
func (c call) first(option string) string {
	if option != "" && option != "-" {
		return option
	}
	return c.Into
}

// archive is the file that tar writes to: the word after the letter f, or standard output.
func (c call) archive() string {
	for n, w := range c.Words {
		if name, ok := strings.CutPrefix(w, "--file="); ok {
			return c.first(name)
		}
		letters := n == 0 || strings.HasPrefix(w, "-") && !strings.HasPrefix(w, "--")
		if n+1 < len(c.Words) && (w == "--file" || letters && !strings.Contains(w, "/") && strings.HasSuffix(w, "f")) {
			return c.first(c.Words[n+1])
		}
	}
	return c.Into
}

// elsewhere says whether a target is another machine: a URL, HOST:PATH, or REMOTE:PATH. A local path may be a mounted share: the caller
// knows. What an expansion decides is not known.
func elsewhere(target string) Answer {
	switch {
	case target == "" || strings.HasPrefix(target, calls.Expansion):
		return Unknown
	case strings.HasPrefix(target, "/") || strings.HasPrefix(target, "./") || strings.HasPrefix(target, "file://"):
		return No
	case strings.Contains(target, ":"):
		return Yes
	}
	return Unknown
}
