package sshd

import (
	"fmt"
	"strings"
)

// arguments reads the daemon's command line: -o, -p and the like count before the files. It returns the first file.
// https://man.openbsd.org/sshd
func (l *loader) arguments(args []string) (string, error) {
	name := home22 + "/sshd_config"
	for i := 0; i < len(args); i++ {
		a := args[i]
		if len(a) < 2 || a[0] != '-' {
			continue
		}
		for at := 1; at < len(a); at++ {
			if !strings.ContainsRune("bCcEfghkoOpu", rune(a[at])) {
				continue // a flag without a value
			}
			value := a[at+1:]
			if value == "" && i+1 < len(args) {
				i++
				value = args[i]
			}
			if a[at] == 'f' {
				name = value
			} else if err := l.argument(a[at], value); err != nil {
				return "", fmt.Errorf("option -%c: %w: %w", a[at], ErrRefused, err)
			}
			break
		}
	}
	return name, nil
}

// argument applies one option with a value.
func (l *loader) argument(option byte, value string) error {
	text := ""
	switch option {
	case 'o':
		text = value
	case 'p':
		text = "port " + value
	case 'h':
		text = "hostkey " + value
	case 'c':
		text = "hostcertificate " + value
	case 'g':
		text = "logingracetime " + value
	case 'u':
		if value == "0" {
			text = "usedns no"
		}
	}
	if text == "" {
		return nil
	}
	st, err := l.line(text, "-"+string(option), 0, depthLimit)
	if err == nil && st != nil {
		if st.keyword.name == "match" || st.keyword.name == "include" {
			return errValue
		}
		l.config.args = append(l.config.args, *st)
	}
	return err
}
