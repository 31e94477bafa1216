package calls

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// bare drops the programs that only run the one that follows them, with their options.
func bare(words []string) []string {
	for len(words) > 1 && wraps(words) {
		wrapper := path.Base(words[0])
		words = words[1:]
		for len(words) > 1 && (strings.HasPrefix(words[0], "-") || strings.Contains(words[0], "=") || words[0] == Expansion || isNumber(words[0])) {
			if takesValue(wrapper, words[0]) && len(words) > 2 {
				words = words[1:]
			}
			words = words[1:]
		}
		if wrapper == "flock" && len(words) > 1 {
			words = words[1:] // the lock file
			if words[0] == "-c" || words[0] == "--command" {
				return append([]string{"sh", "-c"}, words[1:]...)
			}
		}
	}
	return words
}

// wraps says whether a program only runs the one that follows it. https://man7.org/linux/man-pages/man1/runuser.1.html
func wraps(words []string) bool {
	program := path.Base(words[0])
	if program == "runuser" {
		return slices.Contains(words, "-u") || slices.Contains(words, "--user")
	}
	return slices.Contains([]string{"chronic", "chrt", "command", "env", "exec", "flock", "ionice", "nice", "nohup", "setsid", "sudo", "time", "timeout"}, program)
}

// takesValue says whether the word after an option of a wrapper is its value. Numbers are dropped in any case.
// https://www.sudo.ws/docs/man/sudo.man/ https://man7.org/linux/man-pages/man1/timeout.1.html https://man7.org/linux/man-pages/man1/ionice.1.html
func takesValue(wrapper, option string) bool {
	switch wrapper {
	case "sudo", "runuser":
		return slices.Contains([]string{"-u", "-g", "-C", "-D", "-h", "-p", "-R", "-r", "-T", "-t", "-U", "--user", "--group", "--chdir", "--host", "--prompt"}, option)
	case "timeout":
		return slices.Contains([]string{"-s", "-k", "--signal", "--kill-after"}, option)
	case "ionice":
		return option == "-c" || option == "--class"
	case "env":
		return slices.Contains([]string{"-u", "-C", "--unset", "--chdir"}, option)
	case "time":
		return slices.Contains([]string{"-o", "-f", "--output", "--format"}, option)
	}
	return wrapper == "exec" && option == "-a"
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(strings.TrimRight(s, "smhd"))
	return err == nil
}
