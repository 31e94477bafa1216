package backup

import (
	"slices"
	"strings"
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
	Covers    []string // database, files, configuration; sorted
	Encrypted Answer
	Offsite   Answer // its target is another machine or a service
	Target    string // as far as it is written, without credentials
	KeepDays  int    // how far back its backups reach; 0 where that is not told
	File      string
	Line      int
}

// Programs that only dump or copy: what they write is encrypted only where another program in the pipe does it.
var dumps = []string{"mariabackup", "mariadb-backup", "mariadb-dump", "mysqldump", "pg_basebackup", "pg_dump", "pg_dumpall", "xtrabackup"}

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

// call is one simple command: its words as far as they are literal.
type call struct {
	words []string // a word that an expansion decides has "\x00" in its place
	line  int
}

const expansion = "\x00"

func (c call) has(words ...string) bool {
	return slices.ContainsFunc(c.words[1:], func(w string) bool { return slices.Contains(words, w) })
}

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
		return slices.ContainsFunc(c.words[1:], func(w string) bool {
			return w == "--create" || (w == c.words[1] || strings.HasPrefix(w, "-")) && !strings.HasPrefix(w, "--") && strings.Contains(w, "c") && !strings.ContainsAny(w, "tx/.")
		})
	}
	return true
}

// of makes the job of a call, given whether the pipe that it stands in encrypts.
func (c call) of(program string, pipeEncrypts bool) Job {
	j := Job{Program: program, Covers: c.covers(program), Target: c.target(program), Line: c.line}
	switch {
	case slices.Contains(always, program) || program == "duplicity" && !c.has("--no-encryption"):
		j.Encrypted = Yes
	case pipeEncrypts:
		j.Encrypted = Yes
	case slices.Contains(dumps, program) || slices.Contains(plain, program) || program == "duplicity":
		j.Encrypted = No
	}
	j.Offsite = elsewhere(j.Target)
	return j
}

// covers says what is backed up, by the program or by the paths that it is given.
func (c call) covers(program string) []string {
	if slices.Contains(dumps, program) || program == "pgbackrest" {
		return []string{"database"}
	}
	var all []string
	for n, w := range c.words[1:] {
		switch {
		case !strings.HasPrefix(w, "/") || w == c.target(program) || strings.Contains(w, "::") || takesValue(program, c.words[n]):
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
	}
	return ""
}

// elsewhere says whether a target is another machine: a URL, HOST:PATH, or REMOTE:PATH. A local path may be a mounted share: the caller
// knows. What an expansion decides is not known.
func elsewhere(target string) Answer {
	switch {
	case target == "" || strings.HasPrefix(target, expansion):
		return Unknown
	case strings.HasPrefix(target, "/") || strings.HasPrefix(target, "./") || strings.HasPrefix(target, "file://"):
		return No
	case strings.Contains(target, ":"):
		return Yes
	}
	return Unknown
}
