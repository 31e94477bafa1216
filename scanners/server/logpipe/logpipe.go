// Package logpipe says what programs that a web server pipes its logs to do with them: rotatelogs and cronolog write files that are
// named by the time, and remove none of them; logger and its like hand the lines on.
//
// https://httpd.apache.org/docs/2.4/programs/rotatelogs.html https://manpages.debian.org/bookworm/cronolog/cronolog.1.en.html
package logpipe

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/calls"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Logger is a program that writes a log to files.
type Logger struct {
	Program  string
	Path     string        // of the files; a pattern of strftime, or the beginning of their names
	Period   time.Duration // after which a new file is begun; 0 where size decides or it is not understood
	BySize   bool
	Count    int  // files that are used again and again, 0 for new ones each time
	Truncate bool // there is one file, which is emptied each period
}

// Kind says what a command does with a log.
type Kind int

// The kinds. The zero Kind is not understood.
const (
	Unknown   Kind = iota
	Writes         // it writes files, as the Logger says
	HandsOver      // it gives the lines to the system's log
)

// Parse reads the command of a piped log, without the bar before it.
func Parse(command string) (Logger, Kind) {
	command = strings.TrimLeft(command, "|$")
	found := calls.In(capture.MemoryOf(nil), command, "", 1, calls.None)
	if len(found.Calls) != 1 {
		return Logger{}, Unknown
	}
	c := found.Calls[0]
	switch c.Program {
	case "logger", "systemd-cat":
		return Logger{}, HandsOver
	case "rotatelogs", "rotatelogs2":
		return rotatelogs(c)
	case "cronolog":
		return cronolog(c)
	}
	return Logger{}, Unknown
}

// rotatelogs reads `rotatelogs [options] file seconds|size [offset]`.
func rotatelogs(c calls.Call) (Logger, Kind) {
	l := Logger{Program: c.Program}
	words := c.Words
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		option := words[0]
		words = words[1:]
		switch option {
		case "-L", "-p", "-n":
			if len(words) == 0 {
				return Logger{}, Unknown
			}
			if option == "-n" {
				l.Count, _ = strconv.Atoi(words[0])
			}
			words = words[1:]
		case "-t":
			l.Truncate = true
		case "-l", "-f", "-D", "-v", "-e", "-c", "-T":
		default:
			return Logger{}, Unknown
		}
	}
	if len(words) < 2 || len(words) > 4 || !known(words[0]) || l.Count < 0 || l.Count > 1_000_000 {
		return Logger{}, Unknown
	}
	l.Path = words[0]
	l.when(words[1:])
	return l, Writes
}

// when reads seconds, or a size with its unit; both may be given.
func (l *Logger) when(words []string) {
	for n, word := range words {
		seconds, err := strconv.Atoi(word)
		switch {
		case err == nil && n == 0 && seconds > 0 && seconds < 1<<31:
			l.Period = time.Duration(seconds) * time.Second
		case err != nil && strings.ContainsAny(word[max(0, len(word)-1):], "BKMG"):
			l.BySize = true
		}
	}
}

// cronolog reads `cronolog [options] template`: a new file is begun when the name changes.
func cronolog(c calls.Call) (Logger, Kind) {
	if len(c.Words) == 0 || !known(c.Words[len(c.Words)-1]) {
		return Logger{}, Unknown
	}
	path := c.Words[len(c.Words)-1]
	for _, w := range c.Words[:len(c.Words)-1] {
		if w == "-p" || strings.HasPrefix(w, "--period") {
			return Logger{}, Unknown
		}
	}
	return Logger{Program: c.Program, Path: path, Period: Finest(path)}, Writes
}

// known says whether a path is wholly written.
func known(path string) bool { return strings.HasPrefix(path, "/") && !strings.Contains(path, "\x00") }

// Finest is how long a name of strftime stays the same, at the longest; 0 where it never changes.
func Finest(pattern string) time.Duration {
	const day = 24 * time.Hour
	for _, unit := range []struct {
		letters string
		period  time.Duration
	}{{"sTSr", time.Second}, {"MR", time.Minute}, {"HIkl", time.Hour}, {"dejDFxcau w", day}, {"UVWG", 7 * day}, {"mbBh", 31 * day}, {"Yy", 366 * day}} {
		for _, letter := range directives(pattern) {
			if strings.ContainsRune(unit.letters, letter) {
				return unit.period
			}
		}
	}
	return 0
}

// directives are the letters after the percent signs of a pattern.
func directives(pattern string) []rune {
	var all []rune
	percent := false
	for _, c := range pattern {
		switch {
		case percent:
			percent = false
			if c != '%' {
				all = append(all, c)
			}
		case c == '%':
			percent = true
		}
	}
	return all
}

// Cycle is how many days go by at the least and at the most until a name of strftime comes again, where it does within a year.
func Cycle(pattern string) (low, high int, ok bool) {
	all := string(directives(pattern))
	switch {
	case all == "" || strings.ContainsAny(all, "YyCsGgDFxc"):
		return 0, 0, false
	case strings.ContainsAny(all, "mbBhj") && (strings.ContainsAny(all, "de") || strings.Contains(all, "j")):
		return 365, 366, true
	case strings.ContainsAny(all, "mbBhUVW"):
		return 0, 0, false
	case strings.ContainsAny(all, "de"):
		return 28, 31, true
	case strings.ContainsAny(all, "auwA"):
		return 7, 7, true
	case strings.Contains(all, "H"):
		return 1, 1, true
	}
	return 0, 0, false
}

// Files is a pattern that the names of the files match.
func (l Logger) Files() *regexp.Regexp {
	var b strings.Builder
	percent := false
	for _, c := range l.Path {
		switch {
		case percent && c == '%':
			b.WriteString("%")
			percent = false
		case percent:
			b.WriteString(`[0-9A-Za-z+:-]+`)
			percent = false
		case c == '%':
			percent = true
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	end := `(\.(gz|bz2|xz|zst))?$`
	switch {
	case l.Count > 0:
		end = `(\.\d+)?$`
	case !strings.Contains(l.Path, "%") && !l.Truncate && l.Program != "cronolog":
		end = `\.\d+` + end
	}
	return regexp.MustCompile("^" + b.String() + end)
}

// Kept says how long records of the log are kept in days where only the logger itself removes any; never is what it says of a log that
// is kept for ever. It is false where size decides.
func (l Logger) Kept(never int) (low, high int, ok bool) {
	days := func(n int) int { return int(time.Duration(n) * l.Period / (24 * time.Hour)) }
	switch {
	case !l.Truncate && l.Count == 0:
		return never, never, true
	case l.BySize || l.Period == 0:
		return 0, 0, false
	case l.Truncate && strings.ContainsAny(string(directives(l.Path)), "YyGgCsFDcx"): // a name that never comes again
		return never, never, true
	case l.Truncate && len(directives(l.Path)) > 0:
		low, high, ok = Cycle(l.Path)
		return max(0, low-days(1)-1), high, ok
	case l.Count > 0:
		return days(l.Count - 1), max(1, days(l.Count)), true
	}
	return 0, max(1, days(1)), true
}
