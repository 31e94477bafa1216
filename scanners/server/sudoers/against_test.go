package sudoers

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

const (
	againstHost      = "host1.example.com"
	againstQuestions = 4 // of each policy
)

// againstScript answers, in mounts and under a host name of its own, whether a user may run a command and may run it without a password.
const againstScript = `
set -e
cd "$1"
touch own && chmod 440 own
printf '127.0.0.1 localhost\n127.0.1.1 host1.example.com host1\n' >hosts
mount --bind own /etc/sudoers
mount --bind hosts /etc/hosts
mount -t tmpfs -o mode=755 none /etc/sudoers.d
mount -t tmpfs -o mode=755 none /run/sudo
mount --bind /usr/bin/true /usr/bin/printf
if [ -e /usr/sbin/sendmail ]; then mount --bind /usr/bin/true /usr/sbin/sendmail; fi
hostname host1
i=0
while [ -d "$i" ]; do
	cat "$i/sudoers" >/etc/sudoers
	rm -f /etc/sudoers.d/*
	for f in "$i"/d/*; do cp "$f" /etc/sudoers.d; chmod 440 "/etc/sudoers.d/${f##*/}"; done
	while read -r user group command; do
		if sudo -l -U "$user" -u root $command >/dev/null 2>&1 </dev/null; then echo yes; else echo no; fi
		if setpriv --reuid="$user" --regid="$group" --init-groups sudo -u root -k -n $command >/dev/null 2>&1 </dev/null; then echo yes; else echo no; fi
	done <"$i/questions"
	i=$((i+1))
done
`

// againstCase is a policy with questions about it.
type againstCase struct {
	files     map[string]string
	questions []againstQuestion
}

type againstQuestion struct {
	user          User
	group         string
	command, args string
}

// TestAgainstSudo asks sudo itself who may run what as root, and what without a password, of generated policies.
func TestAgainstSudo(t *testing.T) {
	against.Superuser(t)
	unshare := against.Daemon(t, "unshare")
	for _, name := range []string{"sudo", "setpriv", "hostname"} {
		against.Daemon(t, name)
	}
	dir, r := t.TempDir(), against.Random(t)
	var cases []againstCase
	for i := range against.Cases(8, 500) {
		c := randomCase(r)
		c.write(t, filepath.Join(dir, fmt.Sprint(i)))
		cases = append(cases, c)
	}
	out, err := exec.CommandContext(t.Context(), unshare, "-m", "-u", "sh", "-c", againstScript, "sh", dir).Output()
	if err != nil {
		t.Skipf("no own mounts: %v", err)
	}
	answers := strings.Fields(string(out))
	if len(answers) != 2*againstQuestions*len(cases) {
		t.Fatalf("%d answers to %d policies", len(answers), len(cases))
	}
	counts := map[string]int{}
	for i, c := range cases {
		c.compare(t, answers[2*againstQuestions*i:], counts)
	}
	t.Logf("%d policies with %d questions each: %v", len(cases), againstQuestions, counts)
	if counts["may"] == 0 || counts["without a password"] == 0 || counts["may not"] == 0 || counts["undecided"]*3 > len(answers) {
		t.Errorf("the questions say too little: %v", counts)
	}
}

// TestAgainstVisudo asks visudo which files have errors.
func TestAgainstVisudo(t *testing.T) {
	visudo := against.Daemon(t, "visudo")
	r, counts := against.Random(t), map[bool]int{}
	name := filepath.Join(t.TempDir(), "sudoers")
	for range against.Cases(40, 2000) {
		text := oneOf(r, "", randomAliases(r)) + randomLines(r, 1+r.IntN(3))
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := Load(capture.MemoryOf(map[string]string{"/etc/sudoers": text}), againstHost)
		if err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), visudo, "-c", "-f", name).CombinedOutput()
		if counts[err == nil]++; (err == nil) != (len(p.Unread) == 0) {
			t.Errorf("visudo says of\n%s\n%s\nwe say %v", text, out, p.Unread)
		}
	}
	t.Logf("without errors and with: %v", counts)
	if counts[true] == 0 || counts[false] == 0 {
		t.Error("the files say too little")
	}
}

func (c againstCase) write(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "d"), 0o700); err != nil {
		t.Fatal(err)
	}
	var questions strings.Builder
	for _, q := range c.questions {
		fmt.Fprintln(&questions, q.user.Name, q.group, strings.TrimSpace(q.command+" "+q.args))
	}
	files := map[string]string{"questions": questions.String()}
	for name, data := range c.files {
		if name != "/etc/sudoers" {
			name = path.Join("d", path.Base(name))
		}
		files[path.Join(path.Dir(strings.TrimPrefix(name, "/etc/")), path.Base(name))] = data
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func (c againstCase) compare(t *testing.T, answers []string, counts map[string]int) {
	t.Helper()
	p, err := Load(capture.MemoryOf(c.files), againstHost)
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range c.questions {
		args := q.args
		if args == "" {
			args = `""`
		}
		may, free := p.May(q.user, againstHost, q.command, args)
		for _, a := range []struct {
			name, sudo string
			ours       Verdict
		}{{"may", answers[2*i], may}, {"without a password", answers[2*i+1], free}} {
			switch {
			case a.ours == Undecided:
				counts["undecided"]++
				if len(p.Unread) > 0 {
					counts["undecided, as a line is not understood"]++
				}
			case (a.ours == Yes) != (a.sudo == "yes"):
				if counts["different"]++; counts["different"] > 20 {
					continue
				}
				t.Errorf("%s %s %s: sudo says %s %s, we say %v of\n%s", q.user.Name, q.command, q.args, a.sudo, a.name, a.ours, c.text())
			case a.ours == Yes:
				counts[a.name]++
			default:
				counts[a.name+" not"]++
			}
		}
	}
}

func (c againstCase) text() string {
	var b strings.Builder
	for _, name := range []string{"/etc/sudoers", "/etc/sudoers.d/10-a", "/etc/sudoers.d/b"} {
		fmt.Fprintf(&b, "== %s\n%s", name, c.files[name])
	}
	return b.String()
}

// randomCase makes a policy of three files.
func randomCase(r *rand.Rand) againstCase {
	include := oneOf(r, "@includedir /etc/sudoers.d", "#includedir /etc/sudoers.d", "@include sudoers.d/b # late", "#include /etc/sudoers.d/10-a", `@include "/etc/sudoers.d/b"`)
	main := randomAliases(r) + oneOf(r, "", "ALL ALL = (ALL) ALL\n", "ALL ALL = (ALL) NOPASSWD: ALL\n") + randomLines(r, 1+r.IntN(4)) + include + "\n" + randomLines(r, r.IntN(3))
	c := againstCase{files: map[string]string{
		"/etc/sudoers": main, "/etc/sudoers.d/10-a": randomLines(r, 1+r.IntN(3)), "/etc/sudoers.d/b": randomLines(r, 1+r.IntN(3)),
		"/etc/sudoers.d/c.off": "ALL ALL = NOPASSWD: ALL\n", "/etc/sudoers.d/c~": "ALL ALL = NOPASSWD: ALL\n",
	}}
	for range againstQuestions {
		c.questions = append(c.questions, randomQuestion(r))
	}
	return c
}

// randomQuestion asks about an account that every Debian has, with its own group alone.
func randomQuestion(r *rand.Rand) againstQuestion {
	q := againstQuestion{command: randomPath(r), args: oneOf(r, "", "", "a", "a b", "-n")}
	switch q.user.Name = oneOf(r, "daemon", "games", "www-data", "nobody"); q.user.Name {
	case "daemon":
		q.user.UID, q.user.GIDs, q.group = 1, []int{1}, "daemon"
	case "games":
		q.user.UID, q.user.GIDs, q.group = 5, []int{60}, "games"
	case "www-data":
		q.user.UID, q.user.GIDs, q.group = 33, []int{33}, "www-data"
	case "nobody":
		q.user.UID, q.user.GIDs, q.group = 65534, []int{65534}, "nogroup"
	}
	q.user.Groups = []string{q.group}
	return q
}

// randomPath is a program that succeeds and changes nothing, whatever its arguments are; printf is bound to true.
func randomPath(r *rand.Rand) string {
	return oneOf(r, "/usr/bin/true", "/usr/bin/echo", "/usr/bin/printf")
}

func oneOf(r *rand.Rand, of ...string) string { return of[r.IntN(len(of))] }
