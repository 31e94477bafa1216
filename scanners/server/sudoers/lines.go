package sudoers

import (
	"regexp"
	"strings"
)

// join joins continued lines: a backslash before the end of a line takes the next one in, but not one in a comment.
func join(file, data string) []Line {
	var all []Line
	var open *Line
	for number, text := range strings.Split(data, "\n") {
		text = strings.TrimSuffix(text, "\r")
		if open == nil {
			open = &Line{File: file, Number: number + 1}
		} else {
			text = strings.TrimLeft(text, blank)
		}
		rest, continued := strings.CutSuffix(text, `\`)
		if commented(open.Text + text) {
			rest, continued = text, false
		}
		open.Text += rest
		if !continued {
			all = append(all, *open)
			open = nil
		}
	}
	if open != nil {
		all = append(all, *open)
	}
	return all
}

// commandRE is the beginning of a command's name, after which quotes are characters like others.
var commandRE = regexp.MustCompile(`^[/^]`)

// commented says whether a line has a comment, in which a backslash at the end means nothing: from a # that begins no number of a user
// or group, and is neither escaped nor quoted.
func commented(text string) bool {
	quoted, command := false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\':
			i++
		case c == '"' && !command:
			quoted = !quoted
		case quoted:
		case c == '#' && !idRE.MatchString(text[i:]):
			return true
		case strings.IndexByte(",:=", c) >= 0:
			command = false
		case commandRE.MatchString(text[i:]) && (i == 0 || strings.IndexByte(" \t,:=!)", text[i-1]) >= 0):
			command = true
		}
	}
	return false
}
