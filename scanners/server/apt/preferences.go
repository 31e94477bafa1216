package apt

import (
	"errors"
	"path"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Pin is a stanza of the preferences that may keep updates of the security archive from being seen.
type Pin struct {
	File string
	Line int
}

// Pins reads the preferences, and returns the first stanza that may keep a security update back, or false. One that is about another release
// than the security archive's keeps none. The error says that something could not be read.
// https://manpages.debian.org/bookworm/apt/apt_preferences.5.en.html
func Pins(f capture.Files, codename string) (Pin, bool, error) {
	const dir = "/etc/apt/preferences.d"
	names, err := f.List(dir)
	troubles := capture.UnlessAbsent(err)
	files := []string{"/etc/apt/preferences"}
	for _, name := range names {
		if extension := path.Ext(name); extension == "" || extension == ".pref" {
			files = append(files, path.Join(dir, name))
		}
	}
	for _, file := range files {
		text, err := f.Read(file)
		troubles = errors.Join(troubles, capture.UnlessAbsent(err))
		if line, ok := holdsBack(string(text), codename); ok {
			return Pin{file, line}, true, troubles
		}
	}
	return Pin{}, false, troubles
}

// holdsBack finds the line of a pin that may hold security updates back.
func holdsBack(text, codename string) (int, bool) {
	pin, at, n := "", 0, 0
	for line := range strings.Lines(text) {
		n++
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch strings.ToLower(name) {
		case "":
			pin = ""
		case "pin":
			pin, at = value, n
		case "pin-priority":
			priority, err := strconv.Atoi(value)
			low := err != nil || priority < 500
			kind, what, _ := strings.Cut(pin, " ")
			if kind == "version" || kind == "origin" && low || kind == "release" && low && !otherRelease(what, codename) {
				return at, true
			}
		}
	}
	return 0, false
}

// otherRelease says whether a pin of a release names one that is not the vendor's security archive.
func otherRelease(what, codename string) bool {
	for word := range strings.SplitSeq(what, ",") {
		key, value, ok := strings.Cut(strings.TrimSpace(word), "=")
		if !ok || strings.ContainsAny(value, "*?/[") {
			continue
		}
		switch key {
		case "a", "n":
			if value != codename && value != codename+"-security" && !strings.HasSuffix(value, "stable") && !strings.HasSuffix(value, "stable-security") {
				return true
			}
		case "o":
			if value != "Debian" && value != "Ubuntu" {
				return true
			}
		}
	}
	return false
}
