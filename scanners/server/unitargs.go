package server

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// braced is a variable that is part of a word. One that is not set is empty.
var braced = regexp.MustCompile(`\$\{\w+\}`)

// unitArguments are the arguments of ExecStart, variables replaced: $NAME alone becomes words, ${NAME} one word.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
func (h *host) unitArguments(u systemd.Unit) ([]string, error) {
	environment, err := h.unitEnvironment(u)
	if err != nil {
		return nil, err
	}
	var args []string
	start, _ := u.Last("Service", "ExecStart")
	for _, word := range systemd.Words(start.Value) {
		if name, ok := strings.CutPrefix(word, "$"); ok && !strings.HasPrefix(name, "{") {
			args = append(args, systemd.Words(environment[name])...)
			continue
		}
		args = append(args, braced.ReplaceAllStringFunc(word, func(name string) string { return environment[name[2:len(name)-1]] }))
	}
	return args[min(1, len(args)):], nil
}

// unitEnvironment are the variables that a unit gives its service: those of Environment, then those of its files, which win.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment
func (h *host) unitEnvironment(u systemd.Unit) (map[string]string, error) {
	environment := map[string]string{}
	for _, line := range u.List("Service", "Environment") {
		for _, word := range systemd.Words(line.Value) {
			if name, value, ok := strings.Cut(word, "="); ok {
				environment[name] = value
			}
		}
	}
	for _, file := range u.List("Service", "EnvironmentFile") {
		data, err := h.Read(strings.TrimPrefix(file.Value, "-"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(data)) {
			name, value, ok := strings.Cut(strings.TrimSpace(line), "=")
			if ok && !strings.HasPrefix(name, "#") {
				environment[strings.TrimSpace(name)] = strings.Trim(strings.TrimSpace(value), `"'`)
			}
		}
	}
	return environment, nil
}
