package apache

import (
	"cmp"
	"errors"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
)

// question decides a section while reading. The problem says why it cannot.
type question func(l *loader, text string, d *Directive) (bool, *Problem)

// conditions are the sections that are decided while reading, by name.
// https://httpd.apache.org/docs/2.4/sections.html
func conditions() map[string]question {
	return map[string]question{
		"ifdefine":    ifDefine,
		"ifdirective": ifUnknown,
		"iffile":      ifFile,
		"ifmodule":    ifModule,
		"ifsection":   ifUnknown,
		"ifversion":   ifVersion,
	}
}

func ifDefine(l *loader, text string, _ *Directive) (bool, *Problem) {
	name, _ := word(text)
	v, ok := l.variables[name]
	return ok, v.doubt
}

// ifUnknown stands for sections that ask what a module would understand.
func ifUnknown(_ *loader, _ string, d *Directive) (bool, *Problem) {
	return false, &Problem{Position: d.At, What: d.At.File}
}

func ifFile(l *loader, text string, d *Directive) (bool, *Problem) {
	name, _ := word(text)
	_, err := l.files.Stat(l.path(name))
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	}
	return false, &Problem{Position: d.At, What: l.path(name), Err: err}
}

// ifModule asks for a module by its identifier or by the name of its source file.
func ifModule(l *loader, text string, d *Directive) (bool, *Problem) {
	asked, _ := word(text)
	for _, module := range sorted(l.tree.Modules) {
		if module == asked || sourceOf(module) == asked {
			if !l.tree.Modules[module] {
				return false, &Problem{Position: d.At, What: asked}
			}
			return true, nil
		}
	}
	return false, nil
}

// sourceOf is the name of a module's source file, which IfModule takes too. Most are mod_NAME.c of NAME_module.
func sourceOf(module string) string {
	other := map[string]string{
		"core_module": "core.c", "http_module": "http_core.c", "ldap_module": "util_ldap.c",
		"mpm_event_module": "event.c", "mpm_prefork_module": "prefork.c", "mpm_worker_module": "worker.c",
		"pagespeed_module": "mod_pagespeed.cc",
	}
	if name, ok := other[module]; ok {
		return name
	}
	return "mod_" + strings.TrimSuffix(module, "_module") + ".c"
}

// ifVersion compares versions. https://httpd.apache.org/docs/2.4/mod/mod_version.html
func ifVersion(l *loader, text string, d *Directive) (bool, *Problem) {
	unknown := &Problem{Position: d.At, What: "the version of httpd"}
	args := words(text)
	if len(args) == 1 {
		args = []string{"=", args[0]}
	}
	if l.options.Version == "" || len(args) != 2 {
		return false, unknown
	}
	operator, asked := args[0], args[1]
	if operator == "~" || strings.HasPrefix(asked, "/") {
		re, err := regexp.Compile(strings.TrimSuffix(strings.TrimPrefix(asked, "/"), "/"))
		if err != nil {
			return false, unknown
		}
		return re.MatchString(l.options.Version) != strings.HasPrefix(operator, "!"), nil
	}
	c, ok := compareVersions(l.options.Version, asked)
	if !ok {
		return false, unknown
	}
	switch operator {
	case "=", "==":
		return c == 0, nil
	case ">":
		return c > 0, nil
	case ">=":
		return c >= 0, nil
	case "<":
		return c < 0, nil
	case "<=":
		return c <= 0, nil
	}
	return false, unknown
}

// compareVersions compares versions of three numbers; missing ones are 0.
func compareVersions(a, b string) (int, bool) {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range 3 {
		x, y := 0, 0
		var err1, err2 error
		if i < len(as) {
			x, err1 = strconv.Atoi(as[i])
		}
		if i < len(bs) {
			y, err2 = strconv.Atoi(bs[i])
		}
		if err1 != nil || err2 != nil {
			return 0, false
		}
		if c := cmp.Compare(x, y); c != 0 {
			return c, true
		}
	}
	return 0, true
}
