package backup

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// sizeLimit is how large a script may be.
const sizeLimit = 1 << 20

// packageDatabase is a script of Debian that keeps copies of dpkg's own database, beside it: no backup of anybody's data.
const packageDatabase = "/usr/libexec/dpkg/dpkg-db-backup"

// Found are the backups of a command, and the scripts that were read for it.
type Found struct {
	Jobs    []Job
	Scripts []string
	Unread  error // a script that it calls could not be read
}

// In finds the backups in a command of a shell, which stands in a line of a file. A script that it calls by its absolute path is read.
func In(f capture.Files, command, file string, line int) Found {
	var found Found
	calls := found.read(command, file, line)
	for _, c := range calls {
		program := c.words[0]
		if !path.IsAbs(program) || recognised(path.Base(program)) || program == packageDatabase {
			continue
		}
		text, err := f.Read(program)
		if err != nil || len(text) > sizeLimit || !isShell(text) {
			if err != nil && !isSystem(program) {
				found.Unread = err
			}
			continue
		}
		found.Scripts = append(found.Scripts, program)
		found.read(string(text), program, 0)
	}
	return found
}

// isShell says whether a text is a script of a shell.
func isShell(text []byte) bool {
	first, _, _ := strings.Cut(string(text[:min(len(text), 256)]), "\n")
	return strings.HasPrefix(first, "#!") && strings.Contains(first, "sh") || !strings.HasPrefix(first, "#!") && !strings.ContainsRune(first, 0)
}

// read adds the jobs of a text and returns all its calls.
func (f *Found) read(text, file string, line int) []call {
	parsed, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(text), file)
	if err != nil {
		return nil
	}
	var calls []call
	keep := map[string]int{} // by what removes old backups
	first := len(f.Jobs)
	encrypting := pipes(parsed)
	syntax.Walk(parsed, func(n syntax.Node) bool {
		expr, ok := n.(*syntax.CallExpr)
		if !ok || len(expr.Args) == 0 {
			return true
		}
		c := callOf(expr)
		if line > 0 {
			c.line = line
		}
		calls = append(calls, c)
		program := path.Base(c.words[0])
		keep[program] = max(keep[program], c.keeps(program))
		if recognised(program) && c.makes(program) {
			job := c.of(program, encrypting[expr])
			job.File = file
			f.Jobs = append(f.Jobs, job)
		}
		return true
	})
	for n := first; n < len(f.Jobs); n++ {
		program := f.Jobs[n].Program
		if slices.Contains(dumps, program) || slices.Contains(plain, program) {
			program = "find"
		}
		f.Jobs[n].KeepDays = keep[program]
	}
	return calls
}

// wrappers run the command that follows them.
var wrappers = map[string]bool{"chronic": true, "env": true, "exec": true, "flock": true, "ionice": true, "nice": true, "nohup": true, "sudo": true, "time": true, "timeout": true}

// callOf takes the words of a call, without the wrappers before it.
func callOf(expr *syntax.CallExpr) call {
	c := call{line: int(expr.Pos().Line())}
	for _, w := range expr.Args {
		c.words = append(c.words, literal(w))
	}
	for len(c.words) > 1 && wrappers[path.Base(c.words[0])] {
		rest := c.words[1:]
		for len(rest) > 1 && (strings.HasPrefix(rest[0], "-") || strings.Contains(rest[0], "=") || isNumber(rest[0])) {
			rest = rest[1:]
		}
		if path.Base(c.words[0]) == "flock" && len(rest) > 1 {
			rest = rest[1:] // the lock file
		}
		c.words = rest
	}
	return c
}

func isNumber(s string) bool {
	_, err := strconv.Atoi(strings.TrimRight(s, "smhd"))
	return err == nil
}

// literal is a word as far as it is written; what expansions decide is marked.
func literal(w *syntax.Word) string {
	var b strings.Builder
	for _, part := range w.Parts {
		literalPart(&b, part)
	}
	return b.String()
}

func literalPart(b *strings.Builder, part syntax.WordPart) {
	switch p := part.(type) {
	case *syntax.Lit:
		b.WriteString(strings.ReplaceAll(p.Value, `\`, ""))
	case *syntax.SglQuoted:
		b.WriteString(p.Value)
	case *syntax.DblQuoted:
		for _, inner := range p.Parts {
			literalPart(b, inner)
		}
	default:
		b.WriteString(expansion)
	}
}

// pipes says of each call whether a later stage of its pipe encrypts.
func pipes(file *syntax.File) map[*syntax.CallExpr]bool {
	encrypting := map[*syntax.CallExpr]bool{}
	syntax.Walk(file, func(n syntax.Node) bool {
		b, ok := n.(*syntax.BinaryCmd)
		if !ok || b.Op != syntax.Pipe && b.Op != syntax.PipeAll {
			return true
		}
		if encrypts(b.Y) {
			syntax.Walk(b.X, func(x syntax.Node) bool {
				if c, ok := x.(*syntax.CallExpr); ok {
					encrypting[c] = true
				}
				return true
			})
		}
		return true
	})
	return encrypting
}

// encrypts says whether a stage of a pipe is a program that encrypts.
func encrypts(s *syntax.Stmt) bool {
	expr, ok := s.Cmd.(*syntax.CallExpr)
	if !ok || len(expr.Args) == 0 {
		return false
	}
	c := callOf(expr)
	switch path.Base(c.words[0]) {
	case "age":
		return !c.has("-d", "--decrypt")
	case "gpg", "gpg2":
		return c.has("-c", "-e", "--encrypt", "--symmetric", "-er", "-ce")
	case "openssl":
		return c.has("enc", "cms", "smime", "aes-256-cbc") && !c.has("-d", "-base64", "-none")
	case "restic", "kopia":
		return true
	}
	return false
}

// keeps is how many days back the backups reach, by what removes older ones: restic forget, borg prune, find -mtime +N -delete; 0 where
// it removes none, or that is not told in days.
func (c call) keeps(program string) int {
	switch program {
	case "restic", "borg", "borgmatic":
		return c.keepsSnapshots()
	case "duplicity":
		return within(strings.ToLower(c.value("remove-older-than")))
	case "find":
		if !c.has("-delete", "rm") {
			return 0
		}
		days, _ := strconv.Atoi(strings.TrimPrefix(c.value("-mtime"), "+"))
		return max(0, days)
	}
	return 0
}

// keepsSnapshots is how many days back the snapshots reach. Where others than those of days are kept too, they reach further.
// https://restic.readthedocs.io/en/stable/060_forget.html https://borgbackup.readthedocs.io/en/stable/usage/prune.html
func (c call) keepsSnapshots() int {
	others := []string{"--keep-last", "-l", "--keep-hourly", "-H", "--keep-weekly", "-w", "--keep-monthly", "-m", "--keep-yearly", "-y", "--keep-tag",
		"--keep-within-hourly", "--keep-within-daily", "--keep-within-weekly", "--keep-within-monthly", "--keep-within-yearly"}
	days, err := strconv.Atoi(c.value("--keep-daily", "-d"))
	span := within(c.value("--keep-within"))
	if c.value(others...) != "" || err == nil && span > 0 {
		return 0
	}
	if err == nil {
		return max(0, days)
	}
	return span
}

// within reads a number of days such as 30d.
func within(text string) int {
	days, err := strconv.Atoi(strings.TrimSuffix(text, "d"))
	if err != nil || !strings.HasSuffix(text, "d") || days < 0 {
		return 0
	}
	return days
}

// isSystem says whether a program is one of the system's own, whose text nobody captures.
func isSystem(program string) bool {
	for _, dir := range []string{"/bin/", "/sbin/", "/usr/bin/", "/usr/sbin/", "/usr/lib/", "/usr/libexec/"} {
		if strings.HasPrefix(program, dir) {
			return true
		}
	}
	return false
}
