package apache_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/apache"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

const modules = "/usr/lib/apache2/modules/"

// staticModules are those of Debian's httpd.
var staticModules = []string{"core_module", "http_module", "log_config_module", "logio_module", "so_module", "unixd_module", "version_module", "watchdog_module"}

// load is the lines that load modules.
func load(names ...string) string {
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "LoadModule %s_module %smod_%s.so\n", n, modules, n)
	}
	return b.String()
}

// memory reads a directory into a capture's files.
func memory(t *testing.T, dir string) *capture.Memory {
	t.Helper()
	contents := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		contents[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return capture.MemoryOf(contents)
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, data := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// version is the version of the httpd that is installed.
func version(t *testing.T, daemon string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), daemon, "-v").Output()
	m := regexp.MustCompile(`Apache/([0-9.]+)`).FindSubmatch(out)
	if err != nil || m == nil {
		t.Fatalf("no version: %v %s", err, out)
	}
	return string(m[1])
}

// dumped reads httpd's dump: directives with file and line; lines of macros have neither.
func dumped(out string) []string {
	var all []string
	file, number := "", ""
	for line := range strings.SplitSeq(out, "\n") {
		trimmed := strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(trimmed, "# In file: "); ok {
			file = name
			continue
		}
		if n, ok := strings.CutPrefix(trimmed, "#"); ok {
			number = strings.Trim(n, " :")
			continue
		}
		if trimmed == "" || trimmed == "Syntax OK" || strings.HasPrefix(trimmed, "</") {
			continue
		}
		where := file + ":" + number
		if strings.HasPrefix(file, "macro ") {
			where = "macro"
		}
		name, args, _ := strings.Cut(trimmed, " ")
		all = append(all, where+" "+strings.TrimSpace(strings.ToLower(name)+" "+args))
	}
	return all
}

// ours writes our tree in the same way.
func ours(list []*apache.Directive) []string {
	var all []string
	for _, d := range list {
		name, end := d.Name, ""
		if d.Section {
			name, end = "<"+name, ">"
		}
		switch name {
		case "serverroot", "loadmodule", "loadfile", "defaultruntimedir": // done while reading, and not dumped
			continue
		case "":
			all = append(all, "unread "+d.Doubt.String())
			continue
		}
		where := d.At.File + ":" + strconv.Itoa(d.Last)
		if d.FromMacro() {
			where = "macro"
		}
		all = append(all, where+" "+strings.TrimSpace(name+" "+d.Raw)+end)
		all = append(all, ours(d.Children)...)
	}
	return all
}

// tree is a generator of configurations in several files.
type tree struct {
	*rand.Rand
	files  map[string]string
	macros int
}

func (g *tree) pick(of ...string) string { return of[g.IntN(len(of))] }

// block writes some lines; host says that it is in a virtual host.
func (g *tree) block(depth int, host bool) string {
	var b strings.Builder
	for range 1 + g.IntN(5) {
		switch n := g.IntN(16); {
		case n < 3 || depth > 3:
			b.WriteString(g.pick("ServerAdmin a@b\n", "  DirectoryIndex a.html \\\n   b.html\n", "DirectoryIndex \"${X}\" '${Y}' ${UNSET}\n", "# comment \\\nDirectoryIndex not\n",
				"ErrorLog \"x\\\ny\"\n", "LogLevel\twarn \n", "SetEnv A \"b \\\"c\\\" d\"\n", "setenv Z \"${X}${Y}\"\n", "SetEnv E a\\\\\nb\n", "Alias \"/a${X}\" /tmp\r\n", "\n"))
		case n == 3:
			b.WriteString(g.pick("Define X one\n", "Define X \"two words\"\n", "Define Y\n", "UnDefine X\n", "Define Y \"${X}y\"\n"))
		case n < 7:
			c := g.pick("IfDefine X", "IfDefine !Y", "IfModule mod_dir.c", "IfModule !dir_module", "IfModule mod_absent.c", "IfModule core.c", "ifmodule event.c", "IfModule mod_so.c",
				"IfVersion >= 2.4", "IfVersion < 2.4.10", "IfVersion 2.4", "IfVersion = /^2\\.4/", "IfFile there", "IfFile \"absent\"", "IfFile !absent")
			name, _, _ := strings.Cut(c, " ")
			fmt.Fprintf(&b, "<%s>\n%s</%s>\n", c, g.block(depth+1, host), name)
		case n < 9:
			name := fmt.Sprintf("f%d.conf", len(g.files))
			dir := g.pick("", "inc/", "inc/deep/", "other/")
			g.files[dir+name] = ""
			g.files[dir+name] = g.block(depth+1, host)
			b.WriteString("Include " + dir + name + "\n")
		case n == 9:
			b.WriteString(g.pick("IncludeOptional absent*.conf\n", "IncludeOptional fixed/*.conf\n", "Include fixed\n", "Include fixed/[ab]?.conf\n", "IncludeOptional fixed/d*/x.conf\n"))
		case n == 10 && !host:
			fmt.Fprintf(&b, "<VirtualHost *:%d>\n%s</VirtualHost>\n", 8000+g.IntN(3), g.block(depth+1, true))
		case n == 11:
			fmt.Fprintf(&b, "<Directory \"/d ${X}\">\n  Options None\n%s</Directory>\n", g.pick("", "<IfModule dir_module>\nDirectoryIndex q\n</IfModule>\n", "<Files x>\nRequire all denied\n</Files>\n"))
		case n == 12:
			g.macros++
			fmt.Fprintf(&b, "<Macro M%d $a %%b>\nSetEnv \"$a\" \"%%b\"\n<IfDefine \"$a\">\nSetEnv D \"%%b$a$a\"\n</IfDefine>\n</Macro>\nUse m%d %s two\nUse M%d \"x y\" \"${Y}z\"\n", g.macros, g.macros, g.pick("X", "Y", "one"), g.macros)
		default:
			b.WriteString(g.pick("Timeout 60\n", "AddDefaultCharset utf-8\n"))
			if host {
				b.WriteString("ServerName h" + strconv.Itoa(g.IntN(9)) + "\n")
			}
		}
	}
	return b.String()
}

func TestAgainstDumpOfTree(t *testing.T) {
	daemon := against.Daemon(t, "apache2")
	r, v, doubts := against.Random(t), version(t, daemon), 0
	for n := range against.Cases(12, 1000) {
		dir := t.TempDir()
		g := &tree{Rand: r, files: map[string]string{"fixed/aa.conf": "ServerAdmin aa\n", "fixed/.hidden.conf": "ServerAdmin hidden\n", "fixed/b1.conf": "SetEnv b1 \\\n1",
			"fixed/d1/x.conf": "SetEnv d1 x\n", "fixed/d1-a/x.conf": "SetEnv d1a x\n", "there": "", "logs/x": ""}}
		main := fmt.Sprintf("ServerRoot %s\nServerName main\nListen 127.0.0.1:1\n", dir) + load("mpm_event", "authz_core", "alias", "env", "dir", "macro", "info") + "Define X x\n" + g.block(0, false)
		g.files["main.conf"] = main
		write(t, dir, g.files)
		path := filepath.Join(dir, "main.conf")
		out, err := exec.CommandContext(t.Context(), daemon, "-f", path, "-t", "-D", "DUMP_CONFIG").Output()
		if strings.Contains(stderr(err), "configuration check failed") {
			err = nil
		}
		if err != nil {
			t.Fatalf("case %d: httpd does not take it: %v\n%s\n%q", n, err, stderr(err), g.files)
		}
		read := apache.Read(memory(t, dir), apache.Options{Main: path, Root: "/etc/apache2", Static: staticModules, Version: v, Defines: []string{"DUMP_CONFIG"}})
		if undecided(read.Directives) {
			if doubts++; doubts > n/20+3 {
				t.Fatalf("%d of %d undecided", doubts, n+1)
			}
			continue
		}
		got := ours(read.Directives)
		if diff := cmp.Diff(dumped(string(out)), got); diff != "" {
			t.Fatalf("case %d: httpd -, ours +\n%s\n%s", n, diff, main)
		}
		_ = os.RemoveAll(dir)
	}
}

// TestAgainstDumpOfDebian compares with the configuration that is installed here.
func TestAgainstDumpOfDebian(t *testing.T) {
	daemon := against.Daemon(t, "apache2")
	layout := apache.Layouts()[0]
	if _, err := os.Stat(layout.Main); err != nil {
		t.Skip("httpd is not configured here")
	}
	files := capture.NewMemory("/")
	visit := func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if target, err := os.Readlink(path); err == nil {
			files.AddLink(path, target)
			return nil
		}
		data, err := os.ReadFile(path)
		files.Add(path, capture.Info{Mode: 0o644}, data, nil)
		return err
	}
	for _, dir := range []string{layout.Root, "/etc/modsecurity", "/usr/share/modsecurity-crs"} {
		if err := filepath.WalkDir(dir, visit); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	options := layout.Options(files, apache.Told{Version: version(t, daemon)})
	options.Defines = []string{"DUMP_CONFIG"}
	cmd := exec.CommandContext(t.Context(), daemon, "-f", layout.Main, "-C", "LoadModule info_module "+modules+"mod_info.so", "-t", "-D", "DUMP_CONFIG")
	for name, value := range options.Env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.Output()
	if len(out) == 0 {
		t.Skipf("httpd does not take what is installed: %v %s", err, stderr(err))
	}
	if diff := cmp.Diff(dumped(string(out)), ours(apache.Read(files, options).Directives)); diff != "" {
		t.Errorf("httpd -, ours +\n%s", diff)
	}
}

// undecided says that a section asks for a variable that is not set: it may be set in an environment that is not known to us.
func undecided(list []*apache.Directive) bool {
	for _, d := range list {
		if d.Doubt != nil && !strings.Contains(d.At.Text, "${") && !d.FromMacro() || undecided(d.Children) {
			return true
		}
	}
	return false
}

func stderr(err error) string {
	if e, ok := err.(*exec.ExitError); ok { //nolint:errorlint // it is never wrapped here
		return string(e.Stderr)
	}
	return ""
}
