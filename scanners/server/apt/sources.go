package apt

import (
	"errors"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Entry is one suite of a package source of binary packages.
type Entry struct {
	URI, Suite string
	File       string
	Line       int
}

// Sources reads /etc/apt/sources.list and the files of sources.list.d, in both of their forms. A source that is not enabled, and one of
// source code, is none. The error says that something could not be read: there may be more.
// https://manpages.debian.org/bookworm/apt/sources.list.5.en.html
func Sources(f capture.Files) ([]Entry, error) {
	var all []Entry
	var troubles error
	names, err := f.List("/etc/apt/sources.list.d")
	troubles = errors.Join(troubles, capture.UnlessAbsent(err))
	files := []string{"/etc/apt/sources.list"}
	for _, name := range names {
		if extension := path.Ext(name); extension == ".list" || extension == ".sources" {
			files = append(files, path.Join("/etc/apt/sources.list.d", name))
		}
	}
	for _, file := range files {
		text, err := f.Read(file)
		troubles = errors.Join(troubles, capture.UnlessAbsent(err))
		if strings.HasSuffix(file, ".sources") {
			all = append(all, stanzas(file, string(text))...)
		} else {
			all = append(all, lines(file, string(text))...)
		}
	}
	return all, troubles
}

// lines reads the form of one line: deb [options] uri suite components.
func lines(file, text string) []Entry {
	var all []Entry
	n := 0
	for line := range strings.Lines(text) {
		n++
		line, _, _ = strings.Cut(line, "#")
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "deb")
		if !ok || rest == "" || rest[0] != ' ' && rest[0] != '\t' {
			continue
		}
		if rest = strings.TrimSpace(rest); strings.HasPrefix(rest, "[") {
			_, rest, _ = strings.Cut(rest, "]")
		}
		if f := strings.Fields(rest); len(f) >= 2 {
			all = append(all, Entry{f[0], f[1], file, n})
		}
	}
	return all
}

// stanzas reads the form of deb822: fields in paragraphs, of which a line that begins with a blank goes on.
func stanzas(file, text string) []Entry {
	var all []Entry
	fields, start, last, n := map[string]string{}, 0, "", 0
	finish := func() {
		if strings.Contains(" "+fields["types"]+" ", " deb ") && !strings.EqualFold(fields["enabled"], "no") && !strings.EqualFold(fields["enabled"], "false") {
			for _, uri := range strings.Fields(fields["uris"]) {
				for _, suite := range strings.Fields(fields["suites"]) {
					all = append(all, Entry{uri, suite, file, start})
				}
			}
		}
		fields, start, last = map[string]string{}, 0, ""
	}
	for line := range strings.Lines(text) {
		n++
		key, value, ok := strings.Cut(line, ":")
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.TrimSpace(line) == "":
			finish()
		case line[0] == ' ' || line[0] == '\t':
			fields[last] += " " + strings.TrimSpace(line)
		case ok:
			if start == 0 {
				start = n
			}
			last = strings.ToLower(strings.TrimSpace(key))
			fields[last] = strings.TrimSpace(value)
		}
	}
	finish()
	return all
}
