package server

import (
	"cmp"
	"errors"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// logFile is a log with its rotated files.
type logFile struct {
	path   string
	oldest time.Time // of its records, as far as it was seen
	begun  bool      // when the log itself begins was seen
	there  bool      // the log itself was seen, and not only rotated files of it
	size   int       // of the log itself
	files  []string  // that were seen of it
}

// knownLogs are the logs that a capture saw, sorted by path.
type knownLogs struct {
	all []logFile
	err error // why they were not seen
}

// join adds logs that were not seen; their paths are sorted.
func (k *knownLogs) join(paths []string) {
	for _, p := range paths {
		if at, seen := slices.BinarySearchFunc(k.all, p, func(l logFile, p string) int { return cmp.Compare(l.path, p) }); !seen {
			k.all = slices.Insert(k.all, at, logFile{path: p})
		}
	}
}

// names are the paths of the logs.
func (k knownLogs) names() []string {
	var names []string
	for _, l := range k.all {
		names = append(names, l.path)
	}
	return names
}

func (k knownLogs) find(path string) (logFile, bool) {
	at, ok := slices.BinarySearchFunc(k.all, path, func(l logFile, p string) int { return cmp.Compare(l.path, p) })
	if !ok {
		return logFile{}, false
	}
	return k.all[at], true
}

// rotated is the end of the name of a rotated file: a number or a date, and how it is compressed.
var rotated = regexp.MustCompile(`(?:\.\d{1,4}|[-.]\d{4}-?\d{2}-?\d{2}(?:[-_.]?\d{2,6})?)(?:\.(?:gz|xz|bz2|zst|Z))?$|\.(?:gz|xz|bz2|zst|Z)$`)

// base is the log that a rotated file was.
func base(path string) string {
	if at := rotated.FindStringIndex(path); at != nil && at[0] > strings.LastIndexByte(path, '/')+1 {
		return path[:at[0]]
	}
	return path
}

// noLog says whether a file below /var/log is none: the journal and the log of the audit have facts of their own, some files are
// databases that are overwritten in place (lastlog(8), faillog(5), sar(1)), and some were written once, by installers.
func noLog(path string) bool {
	for _, dir := range []string{"/var/log/audit/", "/var/log/installer/", "/var/log/journal/", "/var/log/restore-tests/", "/var/log/sa/", "/var/log/sysstat/"} {
		if strings.HasPrefix(path, dir) {
			return true
		}
	}
	return slices.Contains([]string{"/var/log/apt/eipp.log", "/var/log/apt/eipp.log.xz", "/var/log/bootstrap.log", "/var/log/faillog", "/var/log/fontconfig.log", "/var/log/lastlog", "/var/log/README", "/var/log/tallylog"}, path)
}

// knownLogs reads what find said of the directories of logs, and of the first lines of logs.
func (h *host) knownLogs() knownLogs {
	out, err := h.Output("logs")
	if err != nil {
		return knownLogs{err: err}
	}
	found := map[string]*logFile{}
	for line := range strings.SplitSeq(string(out), "\n") {
		size, modified, path, ok := logLine(line)
		if !ok || noLog(path) {
			continue
		}
		b := base(path)
		log := found[b]
		if log == nil {
			log = &logFile{path: b}
			found[b] = log
		}
		log.files = append(log.files, path)
		if path == b {
			log.there, log.size = true, size
		}
		if size > 0 { // there is a record in it
			log.see(modified)
		}
	}
	for path, at := range h.firstLines() {
		if log := found[base(path)]; log != nil {
			log.see(at)
			log.begun = log.begun || path == log.path
		}
	}
	var k knownLogs
	for _, path := range sortedKeys(found) {
		k.all = append(k.all, *found[path])
	}
	return k
}

// see notes the time of a record.
func (l *logFile) see(at time.Time) {
	if l.oldest.IsZero() || at.Before(l.oldest) {
		l.oldest = at
	}
}

// logLine reads "size seconds path".
func logLine(line string) (size int, modified time.Time, path string, ok bool) {
	first, rest, _ := strings.Cut(line, " ")
	second, path, _ := strings.Cut(rest, " ")
	size, err1 := strconv.Atoi(first)
	seconds, err2 := strconv.ParseInt(second, 10, 64)
	return size, time.Unix(seconds, 0).UTC(), path, err1 == nil && err2 == nil && strings.HasPrefix(path, "/")
}

// firstLines are the times of the first lines of logs, where they have a year. A time without a zone is the host's own: it is taken for the
// latest moment that it may be, so that no record counts as older than it is.
func (h *host) firstLines() map[string]time.Time {
	found := map[string]time.Time{}
	late := h.behindUTC()
	out, err := h.Output("logs-first")
	if err != nil {
		return found
	}
	for line := range strings.SplitSeq(string(out), "\n") {
		stamp, path, ok := strings.Cut(line, " ")
		if !ok || !strings.HasPrefix(path, "/") {
			continue
		}
		at, err := time.Parse("2006-01-02T15:04:05", stamp)
		at = at.Add(late)
		if err != nil {
			at, err = time.Parse("02/Jan/2006:15:04:05T-0700", stamp)
		}
		if err == nil && at.Before(h.At) {
			found[path] = at.UTC()
		}
	}
	return found
}

// behindUTC is how far the host's clocks may be behind UTC: none where its zone is that, and half a day at most.
// https://man7.org/linux/man-pages/man5/localtime.5.html
func (h *host) behindUTC() time.Duration {
	target, err := h.Link("/etc/localtime")
	if errors.Is(err, fs.ErrNotExist) || err == nil && slices.Contains([]string{"UTC", "UCT", "Universal", "Zulu"}, path.Base(target)) {
		return 0
	}
	return 12 * time.Hour
}
